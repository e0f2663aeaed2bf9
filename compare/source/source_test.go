package source

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	golayout "github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// made returns an image of two layers.
func made(t *testing.T) v1.Image {
	t.Helper()
	image, err := random.Image(1000, 2)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

// same holds that a reference opens an image with the layers of another.
func same(t *testing.T, reference string, want v1.Image) {
	t.Helper()
	got, remove, err := Open(t.Context(), reference)
	defer remove()
	if err != nil {
		t.Fatal(err)
	}
	wanted, _ := want.ConfigFile()
	config, err := got.ConfigFile()
	if err != nil || len(config.RootFS.DiffIDs) != len(wanted.RootFS.DiffIDs) || config.RootFS.DiffIDs[1] != wanted.RootFS.DiffIDs[1] {
		t.Errorf("%s: layers %v, want %v; %v", reference, config.RootFS.DiffIDs, wanted.RootFS.DiffIDs, err)
	}
	layers, err := got.Layers()
	if err != nil {
		t.Fatal(err)
	}
	for _, layer := range layers {
		if size, err := layer.Size(); err != nil || size < 500 {
			t.Errorf("%s: a layer of %d bytes, %v", reference, size, err)
		}
	}
}

func TestArchive(t *testing.T) {
	image := made(t)
	path := filepath.Join(t.TempDir(), "image.tar")
	if err := tarball.WriteToFile(path, name.MustParseReference("a:b"), image); err != nil {
		t.Fatal(err)
	}
	same(t, "docker-archive:"+path, image)
}

func TestLayout(t *testing.T) {
	image, dir := made(t), t.TempDir()
	path, err := golayout.Write(dir, empty.Index)
	if err != nil {
		t.Fatal(err)
	}
	if err := path.AppendImage(image); err != nil {
		t.Fatal(err)
	}
	same(t, "oci:"+dir, image)
}

// TestPlatforms holds that an index within a layout gives the image for this machine.
func TestPlatforms(t *testing.T) {
	other, own, dir := made(t), made(t), t.TempDir()
	add := func(image v1.Image, architecture string) mutate.IndexAddendum {
		return mutate.IndexAddendum{Add: image, Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: architecture}}}
	}
	path, err := golayout.Write(dir, empty.Index)
	if err != nil {
		t.Fatal(err)
	}
	index := mutate.AppendManifests(empty.Index, add(other, "mips"), add(own, runtime.GOARCH))
	if err := path.AppendIndex(index); err != nil {
		t.Fatal(err)
	}
	same(t, "oci:"+dir, own)

	dir = t.TempDir()
	if path, err = golayout.Write(dir, mutate.AppendManifests(empty.Index, add(other, "mips"), add(own, "s390"))); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(t.Context(), "oci:"+dir); err == nil || !strings.Contains(err.Error(), "none of its 2 manifests is an image for linux/") {
		t.Error(err)
	}
}

func TestRegistry(t *testing.T) {
	server := httptest.NewServer(registry.New())
	defer server.Close()
	image := made(t)
	reference := strings.TrimPrefix(server.URL, "http://") + "/items:v1"
	parsed, err := name.ParseReference(reference)
	if err != nil {
		t.Fatal(err)
	}
	if err := remote.Write(parsed, image); err != nil {
		t.Fatal(err)
	}
	same(t, "docker://"+reference, image)
}

// TestRefuses holds that what can't be opened is named, and what could be.
func TestRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, reference := range []string{"", "oci:" + t.TempDir(), "oci:/absent", "docker-archive:" + file, "docker-archive:/absent", "docker://A b"} {
		_, remove, err := Open(t.Context(), reference)
		remove()
		if err == nil || !strings.Contains(err.Error(), reference) || !strings.Contains(err.Error(), "docker-archive:FILE") {
			t.Errorf("%q: %v", reference, err)
		}
	}
}

func TestDaemon(t *testing.T) {
	for reference, want := range map[string]string{
		"items": "items", "items:latest": "items:latest", "docker-daemon:items": "items", "docker:dind": "docker:dind",
		"localhost:5000/items": "localhost:5000/items", "oci:dir": "", "docker-archive:file": "", "docker://items": "", "": "",
	} {
		if got, found := Daemon(reference); got != want || found != (want != "") {
			t.Errorf("%q: %q, %t; want %q", reference, got, found, want)
		}
	}
}
