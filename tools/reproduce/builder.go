package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// builder builds in a workspace.
type builder struct {
	workspace string
	// startup are options that Bazel takes before the command.
	startup []string
}

// build builds the target and returns where its layout is. Nothing comes from a
// cache that builds share.
func (b builder) build(ctx context.Context) (string, error) {
	// Both commands have to mean the same configuration.
	configuration := []string{"--nostamp", "--compilation_mode=fastbuild"}
	build := b.bazel(ctx, append([]string{"build", "--disk_cache=", "--remote_cache=", target}, configuration...)...)
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("building %s in %s: %w", target, b.workspace, err)
	}
	info := b.bazel(ctx, append([]string{"info", "bazel-bin"}, configuration...)...)
	var stderr bytes.Buffer
	info.Stderr = &stderr
	bin, err := info.Output()
	if err != nil {
		return "", fmt.Errorf("bazel info: %w\n%s", err, &stderr)
	}
	path := strings.NewReplacer("//", "", ":", "/").Replace(target)
	return filepath.Join(strings.TrimSpace(string(bin)), path), nil
}

// bazel returns a command of Bazel's. When the context is done it gets SIGINT, at
// which Bazel ends in order.
func (b builder) bazel(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, filepath.Join(b.workspace, "tools/bazel"), append(b.startup, args...)...)
	command.Dir = b.workspace
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGINT) }
	return command
}
