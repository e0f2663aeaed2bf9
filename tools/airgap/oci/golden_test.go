package main

import (
	"os"
	"path/filepath"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// base is "hello\n", compressed.
const base = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\x00\x20\x30\x3a\x36\x06\x00\x00\x00"

const pairs = "title=items\nurl=https://example.com/?a=1&b=<2>\n"

// write returns the path of a new file.
func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// makeGolden makes the image of testdata.
func makeGolden(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	err := makeImage([]string{
		"--output", dir,
		"--os", "linux", "--architecture", "arm64", "--variant", "v8",
		"--user", "65532:65532", "--workdir", "/",
		"--created", write(t, "2026-01-02T03:04:05Z"),
		"--entrypoint", write(t, "/server\n--greeting=a%5Cnb"),
		"--env", write(t, "HOME=/data\nDB=${HOME}/items.db"),
		"--exposed-ports", write(t, "8080/tcp,9090/tcp"),
		"--volumes", write(t, "/data"),
		"--labels", write(t, pairs),
		"--annotations", write(t, pairs),
		"//image:base", write(t, base),
		"//image:binary", write(t, "plain"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// compare says where a file is not what rules_oci made.
func compare(t *testing.T, path, golden string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", golden))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("got\n%s\nrules_oci makes\n%s", got, want)
	}
}

func blob(dir string, digest v1.Hash) string {
	return filepath.Join(dir, "blobs", digest.Algorithm, digest.Hex)
}

func TestImage(t *testing.T) {
	dir := makeGolden(t)
	compare(t, filepath.Join(dir, "index.json"), "image.index.json")
	image, descriptor, err := openImage(dir)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, blob(dir, descriptor.Digest), "image.manifest.json")
	config, err := image.ConfigName()
	if err != nil {
		t.Fatal(err)
	}
	compare(t, blob(dir, config), "image.config.json")
}

func TestIndex(t *testing.T) {
	dir := t.TempDir()
	if err := makeIndex([]string{"--output", dir, "--annotations", write(t, pairs), makeGolden(t)}); err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join(dir, "index.json"), "index.index.json")
	_, digest, err := openContent(dir)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, blob(dir, digest), "index.manifest.json")
}
