package policy

import (
	"archive/tar"
	"io"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/archive"
)

// Layer is a layer of an image.
type Layer struct {
	Files  []File // as the archive has them
	header []byte // the first bytes of the blob, at most 10
	size   int64  // of the archive, in bytes
}

func readLayer(source v1.Layer) (Layer, error) {
	header, err := head(source, 10)
	if err != nil {
		return Layer{}, err
	}
	content, err := source.Uncompressed()
	if err != nil {
		return Layer{}, err
	}
	defer content.Close()
	counted := &counter{Reader: content}
	files, err := readFiles(counted)
	if err != nil {
		return Layer{}, err
	}
	// What follows the end of the archive is in the layer too.
	if _, err := io.Copy(io.Discard, counted); err != nil {
		return Layer{}, err
	}
	return Layer{Files: files, header: header, size: counted.count}, nil
}

func head(source v1.Layer, limit int64) ([]byte, error) {
	blob, err := source.Compressed()
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	return io.ReadAll(io.LimitReader(blob, limit))
}

func readFiles(content io.Reader) ([]File, error) {
	var files []File
	err := archive.Each(content, func(header *tar.Header, reader io.Reader) error {
		content, err := io.ReadAll(reader)
		files = append(files, File{header: header, content: content})
		return err
	})
	return files, err
}

// list returns the files in one line each.
func (l Layer) list() []string {
	var list []string
	for _, file := range l.Files {
		list = append(list, file.String())
	}
	return list
}
