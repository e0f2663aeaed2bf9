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
	begin := time.Now()
	command(t, root, 20*time.Minute, args...)
	t.Logf("docker %s: %.1f s", strings.Join(args, " "), time.Since(begin).Seconds())
}

// docker runs a command of Docker's that takes seconds. It returns the output
// without the newline at the end.
func docker(t *testing.T, args ...string) string {
	t.Helper()
	return command(t, "", time.Minute, args...)
}

func command(t *testing.T, dir string, patience time.Duration, args ...string) string {
	t.Helper()
	// The test's own context is cancelled before its cleanup.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(ctx, "docker", args...)
	command.Dir = dir
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("docker %s: %v\n%s%s", strings.Join(args, " "), err, &stdout, &stderr)
	}
	return strings.TrimSuffix(stdout.String(), "\n")
}
