// Package deploy holds the manifests of this folder to what docs/deploying.md promises of
// them, and to the binary that they run. It needs neither a cluster nor an engine.
//
// It is a Go module of its own, so that what reads manifests never reaches the service's
// go.mod.
package deploy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binaryVariable names the binary that the manifests run. Without it, the tests build one.
const binaryVariable = "ITEMS_SERVER_BINARY"

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if os.Getenv(binaryVariable) == "" {
		dir, err := os.MkdirTemp("", "items")
		if err != nil {
			return fail(err)
		}
		defer os.RemoveAll(dir)
		if err := build(filepath.Join(dir, "server")); err != nil {
			return fail(err)
		}
	}
	return m.Run()
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// build builds the service, whose module is the folder above.
func build(path string) error {
	command := exec.Command("go", "build", "-o", path, "./server")
	command.Dir = ".."
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, output)
	}
	return os.Setenv(binaryVariable, path)
}
