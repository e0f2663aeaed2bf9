package policy

import (
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Index is an index of images that was read.
type Index struct {
	// Images are those of the entries, in their order.
	Images   []*Image
	source   v1.ImageIndex
	manifest *v1.IndexManifest
}

// ReadIndex reads an index and all its images. It is an error if an entry is not
// an image.
func ReadIndex(index v1.ImageIndex) (*Index, error) {
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, fmt.Errorf("the manifest of the index: %w", err)
	}
	read := &Index{source: index, manifest: manifest}
	for _, entry := range manifest.Manifests {
		source, err := index.Image(entry.Digest)
		if err != nil {
			return nil, fmt.Errorf("image %s: %w", entry.Digest, err)
		}
		image, err := Read(source)
		if err != nil {
			return nil, fmt.Errorf("image %s: %w", entry.Digest, err)
		}
		read.Images = append(read.Images, image)
	}
	return read, nil
}
