package variant

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/multistage/compare/delivery"
	"example.com/multistage/compare/engine"
)

// place is where a builder finds its source and keeps what it has built.
type place struct {
	image    string // in the engine
	source   string // a copy of the repository
	caches   string // a directory of its own; "" means those of the user
	run      string // names this run, as no other before it
	engine   *engine.Engine
	registry *delivery.Registry
	ko       string   // the program, where it is needed
	had      []string // tags of the image's repository that are the user's, where the builder makes others
}

// renew gives the place caches in which nothing is.
func (p *place) renew() error {
	if err := p.drop(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "compare-caches-")
	p.caches = dir
	return err
}

// drop removes the caches.
func (p *place) drop() error {
	if p.caches == "" {
		return nil
	}
	err := removeAll(p.caches)
	p.caches = ""
	return err
}

// untag removes those names of an image's repository that are chosen. The image stays where it has another name.
func (p *place) untag(ctx context.Context, repository string, chosen func(tag string) bool) error {
	tags, err := p.engine.Docker(ctx, "image", "ls", "--format={{.Tag}}", repository)
	errs := []error{err}
	for _, tag := range strings.Fields(tags) {
		if chosen(tag) {
			_, err := p.engine.Docker(ctx, "image", "rm", repository+":"+tag)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// removeAll removes a directory, also where Bazel or Go have made it read-only.
func removeAll(dir string) error {
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o700)
	})
	return errors.Join(err, os.RemoveAll(dir))
}
