package main

import (
	"fmt"
	"io"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/layout"
)

// openImage returns the only image of a layout.
func openImage(dir string) (v1.Image, v1.Descriptor, error) {
	index, descriptor, err := layout.OpenOnly(dir)
	if err != nil {
		return nil, v1.Descriptor{}, err
	}
	if !descriptor.MediaType.IsImage() {
		return nil, v1.Descriptor{}, fmt.Errorf("%s has an index of images, want an image", dir)
	}
	image, err := index.Image(descriptor.Digest)
	return image, descriptor, err
}

// compressed returns the blob of a layer.
func compressed(layer v1.Layer) ([]byte, error) {
	reader, err := layer.Compressed()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader)
}
