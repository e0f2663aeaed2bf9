package run

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// BuildHello builds the bare program, with which start times are compared, into a directory, as the service is
// built for its small images. Root is that of the repository.
func BuildHello(ctx context.Context, root, dir string) (program string, err error) {
	program = filepath.Join(dir, "hello")
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, "./compare/hello")
	command.Dir = root
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	output, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		return "", fmt.Errorf("%v: %w\n%s", command, err, output)
	}
	return program, nil
}
