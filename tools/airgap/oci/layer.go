package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/google/go-containerregistry/pkg/v1/types"
)

// layer is a layer of an image: a tar archive, which may be compressed by gzip.
type layer struct {
	label     string
	content   []byte
	mediaType types.MediaType
	diffID    string // of the archive before compression
}

// readLayer reads the layer that a label of Bazel made.
func readLayer(label, path string) (layer, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return layer{}, err
	}
	l := layer{label: label, content: content, mediaType: types.OCIUncompressedLayer, diffID: digestOf(content)}
	if bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		l.mediaType = types.OCILayer
		l.diffID, err = unzippedDigest(content)
	}
	if bytes.HasPrefix(content, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
		err = fmt.Errorf("zstd is not supported, use gzip")
	}
	if err != nil {
		return layer{}, fmt.Errorf("%s: %w", path, err)
	}
	return l, nil
}

// descriptor is how the manifest lists the layer.
func (l layer) descriptor() object {
	return object{{"size", len(l.content)}, {"digest", digestOf(l.content)}, {"mediaType", l.mediaType}}
}

func unzippedDigest(content []byte) (string, error) {
	reader, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, reader); err != nil {
		return "", err
	}
	return digest(sum), nil
}

func digestOf(content []byte) string {
	sum := sha256.New()
	sum.Write(content)
	return digest(sum)
}

func digest(sum hash.Hash) string {
	return fmt.Sprintf("sha256:%x", sum.Sum(nil))
}
