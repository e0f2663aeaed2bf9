package docker

import (
	"archive/tar"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"example.com/multistage/image/archive"
)

// Image returns an image of the engine, which docker save writes to a file.
func Image(t *testing.T, image string) v1.Image {
	t.Helper()
	path := filepath.Join(t.TempDir(), "image.tar")
	// By id: a name without a tag means every tag of it.
	id := docker(t, "image", "inspect", "--format={{.Id}}", image)
	docker(t, "save", "--output="+path, id)
	saved, err := tarball.ImageFromPath(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// Files lists what an image consists of, layer by layer: mode, owner, time of
// change in seconds since 1970, and path.
func Files(t *testing.T, image string) []string {
	t.Helper()
	layers, err := Image(t, image).Layers()
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, layer := range layers {
		err := archive.EachOf(layer, func(header *tar.Header, _ io.Reader) error {
			files = append(files, fmt.Sprintf("%v %d:%d %d /%s",
				header.FileInfo().Mode(), header.Uid, header.Gid, header.ModTime.Unix(), header.Name))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
