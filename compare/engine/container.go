package engine

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Container is a container that was started and is not removed yet.
type Container struct {
	engine *Engine
	ID     string
}

// Run starts a container of an image. Flags are those of docker run.
func (e *Engine) Run(ctx context.Context, image string, flags ...string) (*Container, error) {
	args := append([]string{"run", "--detach", "--label=" + e.label}, flags...)
	id, err := e.Docker(ctx, append(args, image)...)
	return &Container{e, id}, err
}

// Create makes a container of an image that does not run.
func (e *Engine) Create(ctx context.Context, image string) (*Container, error) {
	id, err := e.Docker(ctx, "create", "--label="+e.label, image)
	return &Container{e, id}, err
}

// Volume makes a volume that nothing was put in, and returns its name.
func (e *Engine) Volume(ctx context.Context) (string, error) {
	return e.Docker(ctx, "volume", "create", "--label="+e.label)
}

// Signal sends a signal to the container's program and does not wait.
func (c *Container) Signal(ctx context.Context, signal syscall.Signal) error {
	_, err := c.engine.Docker(ctx, "kill", fmt.Sprintf("--signal=%d", signal), c.ID)
	return err
}

// Wait waits for the container to end and returns its exit code.
func (c *Container) Wait(ctx context.Context) (int, error) {
	code, err := c.engine.Docker(ctx, "wait", c.ID)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(code)
}

// Inspect returns a property of the container, named by a Go template.
func (c *Container) Inspect(ctx context.Context, template string) (string, error) {
	return c.engine.Docker(ctx, "inspect", "--format="+template, c.ID)
}

// Copy copies a file out of the container.
func (c *Container) Copy(ctx context.Context, file, to string) error {
	_, err := c.engine.Docker(ctx, "cp", "--follow-link", c.ID+":"+file, to)
	return err
}

// Log returns the end of what the container's program wrote to its outputs.
func (c *Container) Log() string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	log, err := exec.CommandContext(ctx, "docker", "logs", "--tail=20", c.ID).CombinedOutput()
	if err != nil {
		return fmt.Sprintf("docker logs: %v: %s", err, log)
	}
	return strings.TrimSpace(string(log))
}

// Remove removes the container and its anonymous volumes, whether it runs or not. It is not interrupted.
func (c *Container) Remove() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	_, err := c.engine.Docker(ctx, "rm", "--force", "--volumes", c.ID)
	return err
}
