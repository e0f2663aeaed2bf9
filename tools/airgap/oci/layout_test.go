package main

import (
	"os"
	"path/filepath"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

// makePlain makes an image of one layer, of which nothing else is set.
func makePlain(t *testing.T, architecture, layer string) string {
	t.Helper()
	dir := t.TempDir()
	err := makeImage([]string{"--output", dir, "--os", "linux", "--architecture", architecture, "//:a", write(t, layer)})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func configOf(t *testing.T, dir string) *v1.ConfigFile {
	t.Helper()
	image, _, err := openImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	config, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// What is not set is left out; what is set to nothing is there.
func TestUnset(t *testing.T) {
	config := configOf(t, makePlain(t, "amd64", "plain")).Config
	if config.Entrypoint != nil || config.Env != nil || config.ExposedPorts != nil || config.Labels != nil || config.Volumes != nil {
		t.Errorf("unset: %+v", config)
	}
	empty, dir := write(t, ""), t.TempDir()
	err := makeImage([]string{
		"--output", dir, "--os", "linux", "--architecture", "amd64", "--entrypoint", empty, "--env", empty,
		"--exposed-ports", empty, "--labels", empty, "--volumes", empty,
	})
	if err != nil {
		t.Fatal(err)
	}
	config = configOf(t, dir).Config
	if config.Entrypoint == nil || config.Env == nil || config.ExposedPorts == nil || config.Labels == nil || config.Volumes == nil {
		t.Errorf("set to nothing: %+v", config)
	}
}

// Each blob is there, and is what its digest says.
func TestValid(t *testing.T) {
	dir := t.TempDir()
	// A layer that two images share is there once.
	images := []string{makePlain(t, "amd64", base), makePlain(t, "arm64", base)}
	if err := makeIndex(append([]string{"--output", dir}, images...)); err != nil {
		t.Fatal(err)
	}
	content, _, err := openContent(dir)
	if err != nil {
		t.Fatal(err)
	}
	// Fast, because what stands for layers here is no archive.
	if err := validate.Index(content.(v1.ImageIndex), validate.Fast); err != nil {
		t.Error(err)
	}
	blobs, err := filepath.Glob(filepath.Join(dir, "blobs/sha256/*"))
	if want := 1 + 2*2 + 1; err != nil || len(blobs) != want {
		t.Errorf("blobs %q, want %d, %v", blobs, want, err)
	}
}

func TestDigest(t *testing.T) {
	dir := makePlain(t, "amd64", "plain")
	out := filepath.Join(t.TempDir(), "digest")
	if err := writeDigest([]string{dir, out}); err != nil {
		t.Fatal(err)
	}
	_, descriptor, err := openImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); string(got) != descriptor.Digest.String()+"\n" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestIndexOfIndex(t *testing.T) {
	inner := t.TempDir()
	if err := makeIndex([]string{"--output", inner, makePlain(t, "amd64", base)}); err != nil {
		t.Fatal(err)
	}
	wantError(t, makeIndex([]string{"--output", t.TempDir(), inner}), "want an image")
	wantError(t, makeTarball([]string{"--image", inner, "--tags", write(t, "a:b")}), "want an image")
}
