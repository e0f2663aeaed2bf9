// Package archive reads the tar archives that layers are.
package archive

import (
	"archive/tar"
	"errors"
	"io"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Each visits each entry of an archive, in its order, with the content. It ends at
// the first error, of the archive or of visit.
func Each(content io.Reader, visit func(*tar.Header, io.Reader) error) error {
	for reader := tar.NewReader(content); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = visit(header, reader)
		}
		if err != nil {
			return err
		}
	}
}

// EachOf visits each entry of a layer, as Each does.
func EachOf(layer v1.Layer, visit func(*tar.Header, io.Reader) error) error {
	content, err := layer.Uncompressed()
	if err != nil {
		return err
	}
	defer content.Close()
	return Each(content, visit)
}
