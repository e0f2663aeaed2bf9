package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/facts"
	"example.com/multistage/compare/result"
	"example.com/multistage/compare/source"
)

// images compares images that there are.
type images struct {
	measuring
	references []string
	run        bool
}

func (c images) compare(ctx context.Context, stdout, stderr io.Writer) (err error) {
	progress := reporter(stderr)
	comparison := newComparison(ctx)
	var loaded loaded
	if c.run {
		if loaded.engine, err = engine.Find(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, loaded.remove(ctx)) }()
	}
	for _, reference := range c.references {
		progress("reading %s", reference)
		image, err := c.read(ctx, reference, &loaded)
		if err != nil {
			return err
		}
		if ctx.Err() != nil { // layers are read to their ends
			return context.Cause(ctx)
		}
		comparison.Images = append(comparison.Images, image)
	}
	if c.run {
		root, err := findRoot()
		if err != nil {
			return err
		}
		r := runner{loaded.engine, root, c.rounds, progress}
		if err := r.measure(ctx, comparison, loaded.names); err != nil {
			return err
		}
	}
	return write(stdout, c.output, comparison)
}

// read says what an image consists of, and loads it into the engine where it is to be run.
func (c images) read(ctx context.Context, reference string, l *loaded) (result.Image, error) {
	image, remove, err := source.Open(ctx, reference)
	defer remove()
	if err != nil {
		return result.Image{}, err
	}
	found, err := facts.Of(image, linked())
	if err == nil && c.run {
		err = l.load(ctx, reference, image)
	}
	if err != nil {
		return result.Image{}, fmt.Errorf("image %q: %w", reference, err)
	}
	return result.Image{Name: reference, Reference: reference, Facts: found}, nil
}

// loaded are images in an engine.
type loaded struct {
	engine *engine.Engine
	names  []string // in the engine
	own    []string // those that were brought there
}

// load brings an image into the engine, unless it was opened from there.
func (l *loaded) load(ctx context.Context, reference string, image v1.Image) error {
	if daemon, found := source.Daemon(reference); found {
		l.names = append(l.names, daemon)
		return nil
	}
	dir, err := os.MkdirTemp("", "compare-load-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tag, err := name.NewTag(fmt.Sprintf("compare-loaded-%d:%d", os.Getpid(), len(l.names)))
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "image.tar")
	if err := tarball.WriteToFile(path, tag, image); err != nil {
		return err
	}
	loaded := strings.TrimPrefix(tag.Name(), tag.RegistryStr()+"/library/")
	// The engine may have the image also where its command was interrupted.
	l.names, l.own = append(l.names, loaded), append(l.own, loaded)
	return l.engine.Load(ctx, path)
}

// remove removes the images that were brought to the engine. It is not interrupted.
func (l *loaded) remove(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	var errs []error
	for _, name := range l.own {
		there, err := l.engine.Docker(ctx, "image", "ls", "--quiet", name)
		if there != "" {
			_, err = l.engine.Docker(ctx, "image", "rm", name)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
