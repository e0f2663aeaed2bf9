package main

import (
	"os"
	"path/filepath"
	"strings"
)

// output is the directory of an OCI layout that is written. Blobs are copies, also
// those of layers: a layout is whole wherever it is moved.
//
// https://github.com/opencontainers/image-spec/blob/main/image-layout.md
type output string

// blob writes a blob and returns its digest.
func (o output) blob(content []byte) (string, error) {
	digest := digestOf(content)
	path := filepath.Join(string(o), "blobs", strings.Replace(digest, ":", "/", 1))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	return digest, os.WriteFile(path, content, 0o644)
}

// finish writes what makes the directory a layout.
func (o output) finish(index object) error {
	content, err := pretty(index)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(string(o), "index.json"), content, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(string(o), "oci-layout"), []byte(`{"imageLayoutVersion":"1.0.0"}`), 0o644)
}
