package policy_test

import (
	"bytes"
	"fmt"
	"io"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// stored is an image as a registry stores it, whether it is sound or not: a
// partial.CompressedImageCore.
type stored struct {
	manifest  []byte
	mediaType types.MediaType
	config    []byte
	layers    []blob
}

func (s stored) MediaType() (types.MediaType, error) { return s.mediaType, nil }

func (s stored) RawManifest() ([]byte, error) { return s.manifest, nil }

func (s stored) RawConfigFile() ([]byte, error) { return s.config, nil }

func (s stored) LayerByDigest(digest v1.Hash) (partial.CompressedLayer, error) {
	for _, layer := range s.layers {
		if layer.descriptor.Digest == digest {
			return layer, nil
		}
	}
	return nil, fmt.Errorf("no blob %s", digest)
}

// blob is a partial.CompressedLayer.
type blob struct {
	descriptor v1.Descriptor
	content    []byte
}

func newBlob(content []byte, mediaType types.MediaType) (blob, error) {
	digest, size, err := v1.SHA256(bytes.NewReader(content))
	return blob{v1.Descriptor{MediaType: mediaType, Size: size, Digest: digest}, content}, err
}

func (b blob) Digest() (v1.Hash, error) { return b.descriptor.Digest, nil }

func (b blob) Size() (int64, error) { return b.descriptor.Size, nil }

func (b blob) MediaType() (types.MediaType, error) { return b.descriptor.MediaType, nil }

func (b blob) Compressed() (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(b.content)), nil
}
