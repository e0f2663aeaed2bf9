package diff

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	v1 "github.com/google/go-containerregistry/pkg/v1"
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
	archive, err := layer.Uncompressed()
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var files []file
	for reader := tar.NewReader(archive); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			return nil, err
		}
		files = append(files, file{*header, content})
	}
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
