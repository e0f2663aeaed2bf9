package diff

import (
	"archive/tar"
	"fmt"
	"io"
	"maps"
	"slices"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/archive"
)

// layers returns where two layers differ first, or "".
func layers(a, b v1.Layer) (string, error) {
	digestA, digestB, err := both(a, b, v1.Layer.Digest)
	if err != nil || digestA == digestB {
		return "", err
	}
	filesA, filesB, err := both(a, b, read)
	if err != nil {
		return "", err
	}
	for i := range min(len(filesA), len(filesB)) {
		if difference := filesA[i].differs(filesB[i]); difference != "" {
			return difference, nil
		}
	}
	if len(filesA) != len(filesB) {
		return fmt.Sprintf("%d and %d files", len(filesA), len(filesB)), nil
	}
	return fmt.Sprintf("the files are the same, but not the archive or its compression: %s and %s", digestA, digestB), nil
}

// file is a file or a directory of a layer.
type file struct {
	header  tar.Header
	content []byte
}

func read(layer v1.Layer) ([]file, error) {
	var files []file
	err := archive.EachOf(layer, func(header *tar.Header, reader io.Reader) error {
		content, err := io.ReadAll(reader)
		files = append(files, file{*header, content})
		return err
	})
	return files, err
}

// differs returns where the file differs from another, or "".
func (f file) differs(other file) string {
	if f.header.Name != other.header.Name {
		return fmt.Sprintf("/%s and /%s", f.header.Name, other.header.Name)
	}
	if difference := content(f.content, other.content); difference != "" {
		return fmt.Sprintf("/%s: %s", f.header.Name, difference)
	}
	a, b := properties(f.header), properties(other.header)
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if a[name] != b[name] {
			return fmt.Sprintf("/%s: %s %s and %s", f.header.Name, name, a[name], b[name])
		}
	}
	return ""
}

func properties(header tar.Header) map[string]string {
	return map[string]string{
		"format": header.Format.String(),
		"group":  fmt.Sprintf("%d %s", header.Gid, header.Gname),
		"link":   header.Linkname,
		"mode":   fmt.Sprintf("%o", header.Mode),
		"owner":  fmt.Sprintf("%d %s", header.Uid, header.Uname),
		"time":   header.ModTime.UTC().String(),
		"type":   fmt.Sprintf("%q", header.Typeflag),
	}
}
