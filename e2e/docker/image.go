package docker

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Files lists what an image consists of, layer by layer: mode, owner, time of
// change in seconds since 1970, and path.
func Files(t *testing.T, image string) []string {
	t.Helper()
	archive := save(t, image)
	var manifest []struct{ Layers []string }
	if err := json.Unmarshal(archive["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, layer := range manifest[0].Layers {
		each(t, bytes.NewReader(archive[layer]), func(header *tar.Header, _ io.Reader) error {
			files = append(files, fmt.Sprintf("%v %d:%d %d /%s",
				header.FileInfo().Mode(), header.Uid, header.Gid, header.ModTime.Unix(), header.Name))
			return nil
		})
	}
	return files
}

// save returns the files that docker save writes, by name.
func save(t *testing.T, image string) map[string][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "image.tar")
	// By id: a name without a tag means every tag of it.
	id := docker(t, "image", "inspect", "--format={{.Id}}", image)
	docker(t, "save", "--output="+path, id)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := make(map[string][]byte)
	each(t, file, func(header *tar.Header, content io.Reader) (err error) {
		archive[header.Name], err = io.ReadAll(content)
		return err
	})
	return archive
}

func each(t *testing.T, archive io.Reader, visit func(*tar.Header, io.Reader) error) {
	t.Helper()
	for reader := tar.NewReader(archive); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = visit(header, reader)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
