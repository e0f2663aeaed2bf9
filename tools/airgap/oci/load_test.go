package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// engine puts a program alone on PATH that takes the place of an engine.
func engine(t *testing.T, name, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func load(t *testing.T, layer string) error {
	t.Helper()
	image := makePlain(t, "amd64", layer)
	return loadImage(context.Background(), []string{"--image", image, "--tags", write(t, "items:latest\nitems:dev\n")})
}

func TestLoad(t *testing.T) {
	for _, name := range []string{"docker", "podman", "nerdctl"} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "loaded.tar")
			t.Setenv("OUT", out)
			engine(t, name, `[ "$1 $2 $#" = "load --input 3" ] && exec /bin/cat "$3" >"$OUT"`)
			if err := load(t, "plain"); err != nil {
				t.Fatal(err)
			}
			checkTarball(t, out)
		})
	}
}

func TestLoadFails(t *testing.T) {
	t.Run("no engine", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		wantError(t, load(t, "plain"), "neither docker, podman nor nerdctl is on PATH")
	})
	t.Run("engine fails", func(t *testing.T) {
		engine(t, "docker", "exit 3")
		wantError(t, load(t, "plain"), "docker load: exit status 3")
	})
	t.Run("argument", func(t *testing.T) {
		wantError(t, loadImage(context.Background(), []string{"x"}), `unknown argument "x"`)
	})
}

// An engine that has what it needs may leave the rest.
func TestLoadReadsPart(t *testing.T) {
	engine(t, "docker", "exit 0")
	const moreThanAPipeHolds = 1 << 20
	if err := load(t, strings.Repeat("x", moreThanAPipeHolds)); err != nil {
		t.Error(err)
	}
}
