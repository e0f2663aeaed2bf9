package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// loadImage loads an image into the engine of this machine.
func loadImage(ctx context.Context, args []string) error {
	flags := newFlags("load")
	image := flags.String("image", "", "the `layout` of the image")
	tags := flags.String("tags", "", "a `file` with a tag a line")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	engine, err := findEngine()
	if err != nil {
		return err
	}
	t, err := openTarball(*image, *tags)
	if err != nil {
		return err
	}
	return t.load(ctx, engine)
}

func findEngine() (string, error) {
	for _, name := range []string{"docker", "podman", "nerdctl"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("neither docker, podman nor nerdctl is on PATH")
}

// load streams the tarball to the engine, so that no file of it is left anywhere.
func (t tarball) load(ctx context.Context, engine string) error {
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, engine, "load", "--input", "/dev/fd/3")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.ExtraFiles = []*os.File{reader}
	err = command.Start()
	reader.Close()
	if err != nil {
		writer.Close()
		return err
	}
	written := errors.Join(t.write(writer), writer.Close())
	if err := command.Wait(); err != nil {
		return fmt.Errorf("%s load: %w", engine, err)
	}
	if errors.Is(written, syscall.EPIPE) {
		// The engine stops reading where the archive ends.
		return nil
	}
	return written
}
