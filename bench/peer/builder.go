package peer

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// flags make a release of a Go program, as those of the service are made.
func flags() []string {
	return []string{"-trimpath", "-ldflags=-s -w"}
}

// builder builds programs whose source is in the repository at root.
type builder struct {
	root string
}

// program returns a Build of the main package in a folder of a module, a folder
// of the repository.
func (b builder) program(name, module, folder string) func(context.Context, string) (string, error) {
	return func(ctx context.Context, dir string) (string, error) {
		binary := filepath.Join(dir, name)
		args := append([]string{"build", "-o", binary}, flags()...)
		return binary, goCommand(ctx, filepath.Join(b.root, module), nil, append(args, folder)...)
	}
}

// peer returns a Build of a main package of the bench's own module.
func (b builder) peer(name string) func(context.Context, string) (string, error) {
	return b.program(name, "bench", "./peers/"+name)
}

// installed returns a Build of a main package of another module, at a version.
func installed(name, path, version string) func(context.Context, string) (string, error) {
	return func(ctx context.Context, dir string) (string, error) {
		args := append([]string{"install"}, flags()...)
		err := goCommand(ctx, dir, []string{"GOBIN=" + dir}, append(args, path+"@"+version)...)
		return filepath.Join(dir, name), err
	}
}

func goCommand(ctx context.Context, dir string, env []string, args ...string) error {
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = dir
	command.Env = append(append(os.Environ(), "CGO_ENABLED=0"), env...)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", command, err, output)
	}
	return nil
}
