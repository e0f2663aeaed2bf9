package diff

import (
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Indexes returns where two indexes of images differ first, as Images does for
// the first image that differs. It returns "" for indexes that are the same bit
// for bit.
func Indexes(a, b v1.ImageIndex) (string, error) {
	listA, listB, err := both(a, b, v1.ImageIndex.IndexManifest)
	if err != nil {
		return "", err
	}
	for i := range min(len(listA.Manifests), len(listB.Manifests)) {
		imageA, err := a.Image(listA.Manifests[i].Digest)
		if err != nil {
			return "", err
		}
		imageB, err := b.Image(listB.Manifests[i].Digest)
		if err != nil {
			return "", err
		}
		difference, err := Images(imageA, imageB)
		if difference != "" || err != nil {
			return fmt.Sprintf("image for %s: %s", listA.Manifests[i].Platform, difference), err
		}
	}
	manifestA, manifestB, err := both(a, b, v1.ImageIndex.RawManifest)
	if err != nil {
		return "", err
	}
	if difference := content(manifestA, manifestB); difference != "" {
		return "index: " + difference, nil
	}
	return "", nil
}
