package variant

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"example.com/multistage/compare/result"
)

// bench is a variant that is being measured.
type bench struct {
	place   *place
	variant Variant
	options Options
	layers  []string // of each cold build
	base    string   // the id of the image of the unchanged source
	before  string   // the id of the image that had the name, which is the user's; "" where none had
	changed []string // the ids of others that were built
}

// cold measures builds from nothing, and keeps the image of the last.
func (b *bench) cold(ctx context.Context) (result.Build, error) {
	build := result.Build{Change: result.Cold}
	for n := 0; another(build.Samples, b.options.Samples, b.options.Patience); n++ {
		err := errors.Join(b.variant.builder.leave(ctx, b.place), b.place.renew())
		if err != nil {
			return build, err
		}
		effort, err := b.build(ctx, result.Cold, n, true)
		if err != nil {
			return build, err
		}
		build.Samples = append(build.Samples, effort)
		layers, err := b.place.engine.Docker(ctx, "image", "inspect", "--format={{json .RootFS.Layers}}", b.variant.Image)
		if err != nil {
			return build, err
		}
		b.layers = append(b.layers, layers)
	}
	return build, b.adopt(ctx)
}

// first builds the image of the unchanged source.
func (b *bench) first(ctx context.Context) error {
	// What Bazel keeps is a workspace's own, and the copy of this one goes.
	if b.variant.builder == (bazel{}) {
		if err := b.place.renew(); err != nil {
			return err
		}
	}
	if _, err := b.build(ctx, result.Warm, 0, false); err != nil {
		return err
	}
	return b.adopt(ctx)
}

// adopt keeps the image that was built last as that of the unchanged source.
func (b *bench) adopt(ctx context.Context) error {
	last := len(b.changed) - 1
	b.base, b.changed = b.changed[last], b.changed[:last]
	_, err := b.place.engine.Docker(ctx, "tag", b.base, b.kept())
	return err
}

// kept is a second name of the image of the unchanged source: the engine may drop images without any.
func (b *bench) kept() string { return "compare-" + b.variant.Name + ":" + b.place.run }

// reproducible tells whether all cold builds gave the same layers, nil where there was one.
func (b *bench) reproducible() *bool {
	if len(b.layers) < 2 {
		return nil
	}
	for _, layers := range b.layers {
		if layers != b.layers[0] {
			return new(false)
		}
	}
	return new(true)
}

// build builds the image, measured.
func (b *bench) build(ctx context.Context, kind result.Change, n int, cold bool) (result.Effort, error) {
	b.options.Progress("%s: build %d, %s", b.variant.Name, n+1, kind.About())
	effort, err := measure(func() error { return b.variant.builder.build(ctx, b.place, cold) })
	if err != nil {
		return effort, err
	}
	id, err := b.place.engine.ID(ctx, b.variant.Image)
	if err != nil {
		return effort, err
	}
	if id != b.base {
		b.changed = append(b.changed, id)
	}
	return effort, nil
}

// close gives the image of the unchanged source its name, or the name back to what had it, and removes all else
// that was built.
func (b *bench) close(ctx context.Context) error {
	var errs []error
	stays := cmp.Or(b.base, b.before)
	// A build that was interrupted may have named its image already.
	if id, err := b.place.engine.ID(ctx, b.variant.Image); err == nil && id != stays {
		b.changed = append(b.changed, id)
	}
	if stays != "" {
		_, err := b.place.engine.Docker(ctx, "tag", stays, b.variant.Image)
		errs = append(errs, err)
	}
	if b.base != "" {
		_, err := b.place.engine.Docker(ctx, "image", "rm", b.kept())
		errs = append(errs, err)
	}
	for _, id := range b.changed {
		if _, err := b.place.engine.Docker(ctx, "image", "inspect", id); id == stays || id == b.before || err != nil {
			continue // the user's, or the engine has dropped it with its name
		}
		_, err := b.place.engine.Docker(ctx, "image", "rm", "--force", id)
		errs = append(errs, err)
	}
	errs = append(errs, b.variant.builder.leave(ctx, b.place), b.place.drop())
	return errors.Join(errs...)
}

// keep returns what gives files in a directory the content back that they have now.
func keep(dir string, names []string) (restore func() error, err error) {
	contents := make([][]byte, len(names))
	for i, name := range names {
		if contents[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return func() error {
		var errs []error
		for i, name := range names {
			errs = append(errs, os.WriteFile(filepath.Join(dir, name), contents[i], 0o644))
		}
		return errors.Join(errs...)
	}, nil
}
