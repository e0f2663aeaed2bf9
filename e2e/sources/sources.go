// Package sources knows what the service is built from, for tests that depend on
// these files without importing them.
package sources

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"example.com/multistage/image/policy"
)

// names are the files and directories at the root of the repository.
func names() []string {
	return []string{"go.mod", "go.sum", "Dockerfile", "Dockerfile.secure", ".dockerignore", "items", "server"}
}

// Modules are the Go modules that are linked into the binary: a new one is a
// decision. Those that only tests and tools need are not among them.
func Modules() []string {
	return []string{
		"github.com/jackc/pgpassfile", "github.com/jackc/pgservicefile", "github.com/jackc/pgx/v5", "github.com/jackc/puddle/v2",
		"github.com/rs/cors", "go.etcd.io/bbolt", "golang.org/x/sync", "golang.org/x/sys", "golang.org/x/text",
	}
}

// Build returns how any build of the repository at root has to build the binary.
func Build(root string) (policy.Build, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return policy.Build{}, err
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return policy.Build{}, err
	}
	build, err := policy.Required(string(mod), string(sum), Modules()...)
	build.Path = "example.com/multistage/server"
	return build, err
}

// Copy copies everything that the service is built from.
func Copy(target, root string) error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	for _, name := range names() {
		if err := exec.Command("cp", "-R", filepath.Join(root, name), target).Run(); err != nil {
			return err
		}
	}
	return nil
}

// Watch looks at everything that the service is built from in the repository at
// root. go test notes what a test looks at, and runs it again where that changed,
// rather than take a cached result for its own:
// https://pkg.go.dev/cmd/go#hdr-Test_packages
func Watch(root string) error {
	for _, name := range names() {
		if err := filepath.WalkDir(filepath.Join(root, name), look); err != nil {
			return err
		}
	}
	return nil
}

func look(_ string, _ fs.DirEntry, err error) error { return err }
