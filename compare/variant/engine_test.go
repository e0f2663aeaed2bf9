package variant

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"example.com/multistage/compare/engine"
)

// require returns the engine. The test is skipped where there is none, and fails where ITEMS_REQUIRE_DOCKER is set.
func require(t *testing.T) *engine.Engine {
	t.Helper()
	docker, err := engine.Find(t.Context())
	if err != nil && os.Getenv("ITEMS_REQUIRE_DOCKER") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return docker
}

// open returns a workshop. All that it makes is below one directory.
func open(t *testing.T, docker *engine.Engine, progress func(string, ...any)) (w *Workshop, dir string) {
	t.Helper()
	dir = t.TempDir()
	t.Setenv("TMPDIR", dir)
	w, err := Open(t.Context(), Options{Root: root, Engine: docker, Samples: 1, Progress: progress})
	if err != nil {
		t.Fatal(err)
	}
	return w, dir
}

// multistage returns the variant that is built fastest.
func multistage() Variant { return All()[1] }

// images returns the names of all images.
func images(t *testing.T, docker *engine.Engine) string {
	t.Helper()
	names, err := docker.Docker(t.Context(), "image", "ls", "--format={{.Repository}}:{{.Tag}}")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestOneLayer holds that a changed line of Go makes a node pull one layer, and that the engine has the image of
// the unchanged source afterwards. Bazel's is held to it by tools/reproduce.
func TestOneLayer(t *testing.T) {
	docker := require(t)
	w, dir := open(t, docker, t.Logf)
	v := multistage()
	p, err := w.place(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{place: p, variant: v, options: w.options}
	if err := b.first(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, err := b.deliver(t.Context(), "before")
	if err != nil {
		t.Fatal(err)
	}
	build, err := b.change(t.Context(), changes()[1], before)
	if err != nil {
		t.Fatal(err)
	}
	if build.Pull.Layers != 1 || len(build.Pull.Blobs) != 3 || len(build.Samples) != 1 || len(b.changed) != 1 {
		t.Errorf("%+v and images %q, want one layer and one other image", build, b.changed)
	}
	wantTidy(t, w, b, dir)
	if id, err := docker.ID(t.Context(), v.Image); err != nil || id != b.base {
		t.Errorf("%s is %s, %v; want %s", v.Image, id, err, b.base)
	}
}

// wantTidy holds that nothing is left but the variant's image.
func wantTidy(t *testing.T, w *Workshop, b *bench, dir string) {
	t.Helper()
	if err := errors.Join(b.close(context.Background()), w.Close()); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
	names := images(t, b.place.engine)
	if strings.Contains(names, b.kept()) || strings.Contains(names, w.registry.Reference("")) {
		t.Errorf("images are left: %s", names)
	}
	for _, id := range b.changed {
		if _, err := b.place.engine.Docker(t.Context(), "image", "inspect", id); err == nil {
			t.Errorf("the image %s is left", id)
		}
	}
}

// TestInterrupted holds that a measurement that is interrupted in a build leaves nothing.
func TestInterrupted(t *testing.T) {
	docker := require(t)
	ctx, cancel := context.WithCancel(t.Context())
	w, dir := open(t, docker, func(string, ...any) { cancel() })
	before := images(t, docker)
	if _, err := w.Measure(ctx, multistage()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was cancelled", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 || images(t, docker) != before {
		t.Errorf("left: %v, %v, %s; before: %s", left, err, images(t, docker), before)
	}
}
