package delivery

import (
	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/compare/result"
)

// Pull returns what a node fetches that has the image from before a change and is told the tag of the one from
// after it: the manifest, and of the configuration and the layers each blob, by its digest, that the old image
// lacks. Bytes are those of the bodies, compressed as the registry has them. An index of platforms, where one
// is pushed, adds some hundred bytes. Both images are read by their manifests alone.
func Pull(before, after v1.Image) (result.Pull, error) {
	there := map[v1.Hash]bool{}
	old, err := blobs(before)
	if err != nil {
		return result.Pull{}, err
	}
	for _, blob := range old {
		there[blob.Digest] = true
	}
	wanted, err := blobs(after)
	if err != nil {
		return result.Pull{}, err
	}
	var pull result.Pull
	for i, blob := range wanted {
		if there[blob.Digest] {
			continue
		}
		there[blob.Digest] = true // fetched once, also where two layers are the same
		pull.Bytes += blob.Size
		pull.Blobs = append(pull.Blobs, result.Blob{Kind: kind(i), Digest: blob.Digest.String(), Bytes: blob.Size})
		if i > 1 {
			pull.Layers++
		}
	}
	return pull, nil
}

// blobs returns the manifest of an image, its configuration, and its layers, in this order.
func blobs(image v1.Image) ([]v1.Descriptor, error) {
	digest, err := image.Digest()
	if err != nil {
		return nil, err
	}
	size, err := image.Size()
	if err != nil {
		return nil, err
	}
	manifest, err := image.Manifest()
	if err != nil {
		return nil, err
	}
	return append([]v1.Descriptor{{Digest: digest, Size: size}, manifest.Config}, manifest.Layers...), nil
}

// kind names the blob at an index of what blobs returns.
func kind(i int) string { return []string{"manifest", "config", "layer"}[min(i, 2)] }
