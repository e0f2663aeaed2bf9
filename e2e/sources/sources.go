// Package sources tells go test which files a test depends on without importing
// them, so that it does not take a cached result for theirs.
package sources

import (
	"io/fs"
	"path/filepath"
)

// Watch looks at everything that the service is built from in the repository at
// root. go test notes what a test looks at, and runs it again where that changed:
// https://pkg.go.dev/cmd/go#hdr-Test_packages
func Watch(root string) error {
	for _, name := range []string{"go.mod", "go.sum", "Dockerfile", "Dockerfile.secure", ".dockerignore", "items", "server"} {
		if err := filepath.WalkDir(filepath.Join(root, name), look); err != nil {
			return err
		}
	}
	return nil
}

func look(_ string, _ fs.DirEntry, err error) error { return err }
