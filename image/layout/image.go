package layout

import (
	"bytes"
	"fmt"
	"io"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// image is an image in a layout: a partial.CompressedImageCore.
type image struct {
	blobs     blobs
	manifest  []byte
	mediaType types.MediaType
}

func (i image) MediaType() (types.MediaType, error) { return i.mediaType, nil }

func (i image) RawManifest() ([]byte, error) { return i.manifest, nil }

func (i image) RawConfigFile() ([]byte, error) {
	manifest, err := v1.ParseManifest(bytes.NewReader(i.manifest))
	if err != nil {
		return nil, err
	}
	return i.blobs.read(manifest.Config.Digest)
}

func (i image) LayerByDigest(digest v1.Hash) (partial.CompressedLayer, error) {
	manifest, err := v1.ParseManifest(bytes.NewReader(i.manifest))
	if err != nil {
		return nil, err
	}
	for _, descriptor := range append(manifest.Layers, manifest.Config) {
		if descriptor.Digest == digest {
			return layer{i.blobs, descriptor}, nil
		}
	}
	return nil, fmt.Errorf("the manifest lists no blob %s", digest)
}

// layer is a blob of an image: a partial.CompressedLayer.
type layer struct {
	blobs      blobs
	descriptor v1.Descriptor
}

func (l layer) Digest() (v1.Hash, error) { return l.descriptor.Digest, nil }

func (l layer) Size() (int64, error) { return l.descriptor.Size, nil }

func (l layer) MediaType() (types.MediaType, error) { return l.descriptor.MediaType, nil }

func (l layer) Compressed() (io.ReadCloser, error) {
	content, err := l.blobs.read(l.descriptor.Digest)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}
