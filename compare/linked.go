package main

import "example.com/multistage/e2e/sources"

// linked returns the Go modules that the service of the repository is made of, as module@version. It is nil
// outside of a repository, where that is not known.
func linked() []string {
	root, err := findRoot()
	if err != nil {
		return nil
	}
	build, err := sources.Build(root)
	if err != nil {
		return nil
	}
	var all []string
	for _, m := range build.Modules {
		all = append(all, m.Path+"@"+m.Version)
	}
	return all
}
