package variant

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/compare/delivery"
	"example.com/multistage/compare/result"
)

// Measurement is what was measured of a variant.
type Measurement struct {
	Image        v1.Image // of the unchanged source, as the registry has it while the workshop is open
	Builds       []result.Build
	Reproducible *bool // whether builds from nothing gave the same layers; nil where there was only one
	Notes        []string
}

// Measure builds a variant's image after each change, and finds what a node pulls then. Afterwards the engine
// has the image of the unchanged source by the variant's name. What the engine keeps in its build cache stays,
// until docker builder prune.
func (w *Workshop) Measure(ctx context.Context, v Variant) (m Measurement, err error) {
	p, err := w.place(ctx, v)
	if err != nil {
		return m, err
	}
	b := &bench{place: p, variant: v, options: w.options}
	b.before, _ = p.engine.ID(ctx, v.Image) // "" where there is none
	defer func() {
		// The engine, and Bazel, are tidied also after Ctrl-C.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Minute)
		defer cancel()
		err = errors.Join(err, b.close(ctx))
	}()
	if slices.Contains(w.options.Changes, result.Cold) {
		cold, err := b.cold(ctx)
		if err != nil {
			return m, err
		}
		m.Builds, m.Reproducible = append(m.Builds, cold), b.reproducible()
	} else if err := b.first(ctx); err != nil {
		return m, err
	}
	if m.Image, err = b.deliver(ctx, "before"); err != nil {
		return m, err
	}
	for _, c := range changes() {
		if !slices.Contains(w.options.Changes, c.kind) {
			continue
		}
		build, err := b.change(ctx, c, m.Image)
		if err != nil {
			return m, fmt.Errorf("%s, %s: %w", v.Name, c.kind.About(), err)
		}
		m.Builds = append(m.Builds, build)
	}
	m.Notes, err = v.builder.notes(ctx, p)
	return m, err
}

// deliver pushes the image that was built last, and returns it as the registry has it.
func (b *bench) deliver(ctx context.Context, tag string) (v1.Image, error) {
	repository, _, _ := strings.Cut(b.variant.Image, ":")
	pushed := repository + ":" + tag
	if err := b.variant.builder.push(ctx, b.place, pushed); err != nil {
		return nil, err
	}
	return b.place.registry.Image(pushed)
}

// change measures builds after a change, of which each is another one, and what a node pulls after the first.
// It leaves the source as it was, and the builder with it.
func (b *bench) change(ctx context.Context, c change, before v1.Image) (_ result.Build, err error) {
	build := result.Build{Change: c.kind}
	restore, err := keep(b.place.source, c.files)
	if err != nil {
		return build, err
	}
	defer func() { err = errors.Join(err, restore()) }()
	samples := b.options.Samples
	if c.times > 0 {
		samples = min(samples, c.times)
	}
	for n := 0; another(build.Samples, samples, b.options.Patience); n++ {
		if err := c.make(ctx, b.place.source, n); err != nil {
			return build, err
		}
		effort, err := b.build(ctx, c.kind, n, false)
		if err != nil {
			return build, err
		}
		build.Samples = append(build.Samples, effort)
		if n > 0 {
			continue
		}
		after, err := b.deliver(ctx, string(c.kind))
		if err != nil {
			return build, err
		}
		pull, err := delivery.Pull(before, after)
		if err != nil {
			return build, err
		}
		build.Pull = &pull
	}
	if len(c.files) == 0 {
		return build, nil
	}
	// The next change is made to what was built last.
	if err := restore(); err != nil {
		return build, err
	}
	return build, b.variant.builder.build(ctx, b.place, false)
}
