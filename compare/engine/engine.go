// Package engine drives a container engine by Docker's command line, which finds the engine as it does for
// its user: DOCKER_HOST, or its current context.
package engine

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Engine is a container engine on this machine. What it makes bears a label, by which Sweep finds it.
type Engine struct {
	label string
}

// Find returns the engine. The error says how to get one.
func Find(ctx context.Context) (*Engine, error) {
	e := &Engine{fmt.Sprintf("multistage.compare=%d-%d", os.Getpid(), time.Now().UnixNano())}
	if _, err := e.Docker(ctx, "version"); err != nil {
		return nil, fmt.Errorf("no container engine answers; start Docker, or run the command by e2e/engine/with-docker: %w", err)
	}
	return e, nil
}

// Docker runs a command of Docker's and returns what it prints, without the newline at the end.
func (e *Engine) Docker(ctx context.Context, args ...string) (string, error) {
	return e.docker(ctx, "", args...)
}

// docker runs a command of Docker's in a directory.
func (e *Engine) docker(ctx context.Context, dir string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "docker", args...)
	command.Dir = dir
	// Docker passes on that it was interrupted; the engine ends what it did for it.
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		return "", fmt.Errorf("docker %s: %w\n%s", strings.Join(args, " "), err, tail(stderr.String()))
	}
	return strings.TrimSuffix(stdout.String(), "\n"), nil
}

// Build builds an image from a Dockerfile in a directory. ITEMS_DOCKER_BUILD_FLAGS are flags that the engine
// at hand needs.
func (e *Engine) Build(ctx context.Context, dir, image, dockerfile string, flags ...string) error {
	args := append([]string{"build", "--tag=" + image, "--file=" + dockerfile}, flags...)
	args = append(args, strings.Fields(os.Getenv("ITEMS_DOCKER_BUILD_FLAGS"))...)
	_, err := e.docker(ctx, dir, append(args, ".")...)
	return err
}

// Sweep removes all containers and volumes that the engine was asked for, also those of commands that were
// interrupted.
func (e *Engine) Sweep(ctx context.Context) error {
	for _, kind := range []struct{ list, remove []string }{
		{[]string{"ps", "--all", "--quiet"}, []string{"rm", "--force", "--volumes"}},
		{[]string{"volume", "ls", "--quiet"}, []string{"volume", "rm", "--force"}},
	} {
		names, err := e.Docker(ctx, append(kind.list, "--filter=label="+e.label)...)
		if err != nil {
			return err
		}
		if names == "" {
			continue
		}
		if _, err := e.Docker(ctx, append(kind.remove, strings.Fields(names)...)...); err != nil {
			return err
		}
	}
	return nil
}

// tail returns the last lines of a text.
func tail(text string) string {
	const most = 20
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
