// Package docker runs the service as a container, from any image of it.
package docker

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"example.com/multistage/e2e/sources"
)

// Require skips the test where no engine is reachable, and fails it instead
// where ITEMS_REQUIRE_DOCKER is set.
func Require(t *testing.T) {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), "docker", "version").CombinedOutput()
	switch {
	case err == nil:
	case os.Getenv("ITEMS_REQUIRE_DOCKER") != "":
		t.Fatalf("no Docker engine is reachable: %v\n%s", err, output)
	default:
		t.Skipf("no Docker engine is reachable (start one with e2e/engine/with-docker): %v", err)
	}
}

// Build builds an image from a Dockerfile of the repository at root.
// ITEMS_DOCKER_BUILD_FLAGS are flags that the engine at hand needs.
func Build(t *testing.T, root, image, dockerfile string, flags ...string) {
	t.Helper()
	if err := sources.Watch(root); err != nil {
		t.Fatal(err)
	}
	flags = append(flags, strings.Fields(os.Getenv("ITEMS_DOCKER_BUILD_FLAGS"))...)
	args := append([]string{"build", "-t", image, "-f", dockerfile}, append(flags, ".")...)
	output(t, root, "docker", args...)
}

// Load builds the image by Bazel in the repository at root, and loads it as
// items:latest. Flags are those of bazel run.
func Load(t *testing.T, root string, flags ...string) {
	t.Helper()
	if err := sources.Watch(root); err != nil {
		t.Fatal(err)
	}
	output(t, root, "tools/bazel", append(append([]string{"run"}, flags...), "//image:load")...)
}

// docker runs a command of Docker's. It returns the output without the newline at
// the end.
func docker(t *testing.T, args ...string) string {
	t.Helper()
	return output(t, "", "docker", args...)
}

// output runs a program in a directory. It returns the output without the newline
// at the end.
func output(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	// The test's own context is cancelled before its cleanup.
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	defer cancel()
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(ctx, program, args...)
	command.Dir = dir
	command.Stdout, command.Stderr = &stdout, &stderr
	begin := time.Now()
	err := command.Run()
	line, took := strings.Join(command.Args, " "), time.Since(begin)
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", line, err, &stdout, &stderr)
	}
	if took > 10*time.Second {
		t.Logf("%s: %.1f s", line, took.Seconds())
	}
	return strings.TrimSuffix(stdout.String(), "\n")
}
