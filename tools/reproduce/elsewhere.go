package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// elsewhere is a copy of the workspace with an output base of its own.
type elsewhere struct {
	dir string
	builder
}

func newElsewhere(workspace string) (elsewhere, error) {
	dir, err := os.MkdirTemp("", "reproduce-elsewhere-")
	if err != nil {
		return elsewhere{}, err
	}
	if inside, err := filepath.Rel(workspace, dir); err == nil && filepath.IsLocal(inside) {
		os.RemoveAll(dir)
		return elsewhere{}, fmt.Errorf("%s is in the workspace; set TMPDIR to a directory elsewhere", dir)
	}
	e := elsewhere{dir, builder{
		workspace: filepath.Join(dir, "workspace"),
		startup:   []string{"--output_base=" + filepath.Join(dir, "output_base")},
	}}
	if err := copyWorkspace(e.workspace, workspace); err != nil {
		os.RemoveAll(dir)
		return elsewhere{}, err
	}
	return e, nil
}

// change changes a line of Go, so that the binary is another one.
func (e elsewhere) change() error {
	path := filepath.Join(e.workspace, "server/api/errors.go")
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed := strings.Replace(string(content), "Nothing was stored.", "Nothing is stored.", 1)
	if changed == string(content) {
		return fmt.Errorf("%s has no line to change", path)
	}
	return os.WriteFile(path, []byte(changed), 0o644)
}

// remove ends the Bazel server, where one was started, and removes everything, also
// after Ctrl-C.
func (e elsewhere) remove() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := os.Stat(filepath.Join(e.dir, "output_base")); err == nil {
		if output, err := e.bazel(ctx, "shutdown").CombinedOutput(); err != nil {
			return fmt.Errorf("bazel shutdown in %s: %w\n%s", e.workspace, err, output)
		}
	}
	// Bazel makes what it has built read-only.
	err := filepath.WalkDir(e.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o700)
	})
	if err != nil {
		return err
	}
	return os.RemoveAll(e.dir)
}

// copyWorkspace copies the files of a workspace, without what Git and Bazel keep
// in it.
func copyWorkspace(target, workspace string) error {
	return filepath.WalkDir(workspace, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(workspace, path)
		if err != nil {
			return err
		}
		switch {
		case relative == ".git":
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case strings.HasPrefix(relative, "bazel-"):
			return nil
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(target, relative), 0o755)
		case !entry.Type().IsRegular():
			return nil
		}
		return copyFile(filepath.Join(target, relative), path)
	})
}

func copyFile(target, source string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	return os.WriteFile(target, content, info.Mode().Perm())
}
