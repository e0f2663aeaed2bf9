package policy

import (
	"slices"

	"github.com/google/go-containerregistry/pkg/v1/validate"
)

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
