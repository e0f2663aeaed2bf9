// Package process runs the service as a process of this machine.
package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"example.com/multistage/e2e/sources"
)

// binaryVariable names the binary under test: a path, or one relative to the
// runfiles of a Bazel test.
const binaryVariable = "ITEMS_SERVER_BINARY"

// Main runs the tests of a package that starts processes. Without a given
// binary it builds one first.
func Main(m *testing.M) int {
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

func build(path string) error {
	command := exec.Command("go", "build", "-o", path, "example.com/multistage/server")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, output)
	}
	return os.Setenv(binaryVariable, path)
}

// binary returns the path of the binary under test.
func binary(t testing.TB) string {
	t.Helper()
	path := os.Getenv(binaryVariable)
	if runfiles := os.Getenv("TEST_SRCDIR"); runfiles != "" {
		if filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(runfiles, path)
	}
	if err := sources.Watch("../.."); err != nil {
		t.Fatal(err)
	}
	return path
}
