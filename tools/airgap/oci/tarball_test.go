package main

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// contents returns the files of an archive.
func contents(t *testing.T, path string) map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	files := map[string]string{}
	for archive := tar.NewReader(file); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		content, errContent := io.ReadAll(archive)
		if err := errors.Join(err, errContent); err != nil {
			t.Fatal(err)
		}
		files[header.Name] = string(content)
	}
}

// checkTarball says where an archive is not what rules_oci makes.
func checkTarball(t *testing.T, path string) {
	t.Helper()
	files := contents(t, path)
	compare(t, write(t, files["manifest.json"]), "tarball.manifest.json")
	var manifests []struct {
		Config string
		Layers []string
	}
	if err := json.Unmarshal([]byte(files["manifest.json"]), &manifests); err != nil {
		t.Fatal(err)
	}
	manifest := manifests[0]
	if len(files) != 3 || files[manifest.Config] == "" || files[manifest.Layers[0]] != "plain" {
		t.Errorf("files %q", files)
	}
}

func TestTarball(t *testing.T) {
	out := filepath.Join(t.TempDir(), "tarball.tar")
	image := makePlain(t, "amd64", "plain")
	if err := makeTarball([]string{"--image", image, "--tags", write(t, "items:latest\nitems:dev\n"), "--output", out}); err != nil {
		t.Fatal(err)
	}
	checkTarball(t, out)
}
