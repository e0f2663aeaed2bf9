package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Required returns how a binary should have been built that is made of modules:
// by the Go version and with the versions of the file go.mod, and with the sums of
// the file go.sum.
//
// The error says what the files lack. Both are read by the line, because all that
// is asked of them is one, and golang.org/x/mod would be one more module to keep.
// So a directive other than go and require is an error: it could change what the
// lines mean.
func Required(mod, sum string, modules ...string) (Build, error) {
	versions, err := versions(mod)
	if err != nil {
		return Build{}, err
	}
	build := Build{Main: versions["module"], GoVersion: "go" + versions["go"]}
	for _, path := range append(modules, "go") {
		if versions[path] == "" {
			return Build{}, fmt.Errorf("go.mod has no version of %s", path)
		}
	}
	for _, path := range modules {
		module := Module{Path: path, Version: versions[path]}
		if module.Sum, err = sumOf(sum, module); err != nil {
			return Build{}, err
		}
		build.Modules = append(build.Modules, module)
	}
	return build, nil
}

// versions returns the versions of the modules in a go.mod, that of go, and the path
// of the module itself as that of "module".
// https://go.dev/ref/mod#go-mod-file-grammar
func versions(mod string) (map[string]string, error) {
	versions := make(map[string]string)
	for line := range strings.Lines(mod) {
		line, _, _ = strings.Cut(line, "//")
		words := strings.Fields(line)
		if len(words) > 0 && words[0] == "require" {
			words = words[1:]
		}
		switch {
		case len(words) == 0 || slices.Contains([]string{"(", ")"}, words[0]):
		case len(words) == 2 && (words[0] == "module" || words[0] == "go" || strings.HasPrefix(words[1], "v")):
			versions[words[0]] = words[1]
		default:
			return nil, fmt.Errorf("go.mod has %q, which this can't read", strings.TrimSpace(line))
		}
	}
	return versions, nil
}

// sumOf returns the sum of the files of a module.
func sumOf(sums string, module Module) (string, error) {
	for line := range strings.Lines(sums) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == module.Path && words[1] == module.Version {
			return words[2], nil
		}
	}
	return "", fmt.Errorf("go.sum has no sum of %s %s", module.Path, module.Version)
}
