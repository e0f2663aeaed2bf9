package layout

import (
	"bytes"
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// index is an index of images in a layout. It implements v1.ImageIndex.
type index struct {
	blobs     blobs
	manifest  []byte
	mediaType types.MediaType
}

func (i index) MediaType() (types.MediaType, error) { return i.mediaType, nil }

func (i index) Digest() (v1.Hash, error) { return partial.Digest(i) }

func (i index) Size() (int64, error) { return partial.Size(i) }

func (i index) RawManifest() ([]byte, error) { return i.manifest, nil }

func (i index) IndexManifest() (*v1.IndexManifest, error) {
	return v1.ParseIndexManifest(bytes.NewReader(i.manifest))
}

// Image returns the image of a manifest that the index lists.
func (i index) Image(digest v1.Hash) (v1.Image, error) {
	manifest, mediaType, err := i.read(digest)
	if err != nil {
		return nil, err
	}
	return partial.CompressedToImage(image{i.blobs, manifest, mediaType})
}

// ImageIndex returns the index of a manifest that the index lists.
func (i index) ImageIndex(digest v1.Hash) (v1.ImageIndex, error) {
	manifest, mediaType, err := i.read(digest)
	if err != nil {
		return nil, err
	}
	return index{i.blobs, manifest, mediaType}, nil
}

// read returns a manifest that the index lists, and its media type.
func (i index) read(digest v1.Hash) ([]byte, types.MediaType, error) {
	descriptor, err := i.find(digest)
	if err != nil {
		return nil, "", err
	}
	manifest, err := i.blobs.read(digest)
	return manifest, descriptor.MediaType, err
}

func (i index) find(digest v1.Hash) (v1.Descriptor, error) {
	manifest, err := i.IndexManifest()
	if err != nil {
		return v1.Descriptor{}, err
	}
	for _, descriptor := range manifest.Manifests {
		if descriptor.Digest == digest {
			return descriptor, nil
		}
	}
	return v1.Descriptor{}, fmt.Errorf("the index lists no manifest %s", digest)
}
