package policy

import (
	"fmt"
	"slices"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

// Index is an index of images that was read.
type Index struct {
	// Images are those of the entries, in their order.
	Images   []*Image
	source   v1.ImageIndex
	manifest *v1.IndexManifest
}

// ExpectedIndex is what an index should be.
type ExpectedIndex struct {
	MediaType   types.MediaType
	Platforms   []string // one for each image, such as "linux/arm64/v8"
	Annotations map[string]string
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

// IndexRules returns the rules for an index. Its images have Rules.
func IndexRules() []Rule[*Index, ExpectedIndex] {
	return []Rule[*Index, ExpectedIndex]{
		{"platforms", platforms},
		{"entries", entries},
		{"base", base},
		{"annotations", indexAnnotations},
		{"media-type", indexMediaType},
	}
}

func platforms(i *Index, want ExpectedIndex, r *report) {
	var got []string
	for _, image := range i.Images {
		got = append(got, image.Platform())
	}
	r.set("platforms", got, want.Platforms)
}

// entries holds that each entry says of its image what is true: digest, size, media
// type, and the platform, by which an engine finds it. The images' blobs are looked
// at too.
func entries(i *Index, _ ExpectedIndex, r *report) {
	for n, entry := range i.manifest.Manifests {
		if entry.Platform == nil {
			r.addf("entry %d has no platform, want %s", n, i.Images[n].Platform())
		}
	}
	if err := validate.Index(i.source); err != nil {
		r.addf("%v", err)
	}
}

// base holds that the images share all layers but the last, which has the
// program.
func base(i *Index, _ ExpectedIndex, r *report) {
	var first []string
	for n, image := range i.Images {
		below := image.digests()
		below = below[:max(0, len(below)-1)]
		if n == 0 {
			first = below
		} else if !slices.Equal(below, first) {
			r.addf("image %d has the base layers %q and image 0 has %q, want the same", n, below, first)
		}
	}
}

// digests returns the digests of the layers.
func (i *Image) digests() []string {
	var digests []string
	for _, layer := range i.manifest.Layers {
		digests = append(digests, layer.Digest.String())
	}
	return digests
}

func indexAnnotations(i *Index, want ExpectedIndex, r *report) {
	r.pairs("annotation", i.manifest.Annotations, want.Annotations)
}

func indexMediaType(i *Index, want ExpectedIndex, r *report) {
	r.mediaType("the index", i.manifest.MediaType, want.MediaType)
}
