package variant

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/multistage/compare/delivery"
	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/result"
)

// Options say what is built, and how often.
type Options struct {
	Root     string // of the repository
	Engine   *engine.Engine
	Changes  []result.Change // after which images are built; without result.Cold, the builders' own caches are used
	Samples  int             // of each kind of build, at most
	Patience time.Duration   // after which a kind of build has no further sample
	Progress func(format string, args ...any)
}

// Workshop is where the variants are built: a copy of the repository, and a registry. Several variants can be
// built in it, one at a time.
type Workshop struct {
	options  Options
	dir      string
	registry *delivery.Registry
}

// Open makes a workshop. Close removes it.
func Open(ctx context.Context, o Options) (*Workshop, error) {
	dir, err := os.MkdirTemp("", "compare-")
	if err != nil {
		return nil, err
	}
	w := &Workshop{options: o, dir: dir}
	w.registry, err = delivery.Serve()
	if err == nil {
		err = copySource(ctx, w.source(), o.Root)
	}
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func (w *Workshop) source() string { return filepath.Join(w.dir, "source") }

// Build builds a variant's image once, from the work tree and with the builder's own caches, as its user does.
func (w *Workshop) Build(ctx context.Context, v Variant) error {
	w.options.Progress("%s: building the image", v.Name)
	p, err := w.place(ctx, v)
	if err != nil {
		return err
	}
	p.source = w.options.Root
	err = v.builder.build(ctx, p, false)
	return errors.Join(err, v.builder.leave(context.WithoutCancel(ctx), p))
}

// place returns a place for a variant, with the caches of the user.
func (w *Workshop) place(ctx context.Context, v Variant) (*place, error) {
	p := &place{
		image: v.Image, source: w.source(), engine: w.options.Engine, registry: w.registry,
		run: fmt.Sprintf("run-%d", time.Now().UnixNano()),
	}
	if v.builder == (ko{}) {
		tags, err := p.engine.Docker(ctx, "image", "ls", "--format={{.Tag}}", v.Image)
		if err != nil {
			return nil, err
		}
		p.had = strings.Fields(tags)
		p.ko = filepath.Join(w.dir, "ko")
		if _, err := os.Stat(p.ko); err == nil {
			return p, nil
		}
		w.options.Progress("building ko (minutes, the first time)")
		if _, err := run(ctx, filepath.Join(w.options.Root, "compare/ko"), []string{"GOWORK=off"}, "go", "build", "-o", p.ko, "github.com/google/ko"); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Close ends the registry and removes the copy.
func (w *Workshop) Close() error {
	var err error
	if w.registry != nil {
		err = w.registry.Close()
	}
	return errors.Join(err, removeAll(w.dir))
}
