// Package layout reads OCI image layouts as Bazel keeps them: directories whose
// blobs may be symbolic links, which go-containerregistry's own reader refuses.
//
// The format is https://github.com/opencontainers/image-spec/blob/main/image-layout.md
package layout

import (
	"fmt"
	"os"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Open returns the index of the layout in a directory: what its index.json
// says. Blobs are read when they are asked for.
//
// The error says what is missing where the directory is not a layout.
func Open(dir string) (v1.ImageIndex, error) {
	if _, err := os.Stat(filepath.Join(dir, "oci-layout")); err != nil {
		return nil, fmt.Errorf("%s is not an OCI layout: %w", dir, err)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err != nil {
		return nil, err
	}
	return index{blobs{dir}, manifest, types.OCIImageIndex}, nil
}

// OpenOnly returns the index of the layout in a directory, and the descriptor of the
// only manifest that it has.
func OpenOnly(dir string) (v1.ImageIndex, v1.Descriptor, error) {
	index, err := Open(dir)
	if err != nil {
		return nil, v1.Descriptor{}, err
	}
	descriptor, err := Only(index)
	return index, descriptor, err
}

// Only returns the descriptor of the only manifest that an index has.
func Only(index v1.ImageIndex) (v1.Descriptor, error) {
	manifest, err := index.IndexManifest()
	if err != nil {
		return v1.Descriptor{}, err
	}
	if n := len(manifest.Manifests); n != 1 {
		return v1.Descriptor{}, fmt.Errorf("the index has %d manifests, want 1", n)
	}
	return manifest.Manifests[0], nil
}
