package main

import (
	"errors"
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/diff"
)

// same holds that two indexes are the same bit for bit.
func same(first, second v1.ImageIndex) error {
	difference, err := diff.Indexes(first, second)
	if err != nil {
		return err
	}
	if difference != "" {
		return fmt.Errorf("%s differs: %s", target, difference)
	}
	digest, err := first.Digest()
	if err != nil {
		return err
	}
	fmt.Printf("%s is the same in two workspaces and two output bases: %s\n", target, digest)
	return nil
}

// manifests returns the manifests of the images of an index.
func manifests(index v1.ImageIndex) ([]*v1.Manifest, error) {
	list, err := index.IndexManifest()
	if err != nil {
		return nil, err
	}
	var manifests []*v1.Manifest
	for _, descriptor := range list.Manifests {
		image, err := index.Image(descriptor.Digest)
		if err != nil {
			return nil, err
		}
		manifest, err := image.Manifest()
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest)
	}
	return manifests, nil
}

// oneLayer holds that images differ in their last layers alone.
func oneLayer(before, after []*v1.Manifest) error {
	if len(before) == 0 || len(before) != len(after) {
		return fmt.Errorf("%d images before the change and %d after it", len(before), len(after))
	}
	for i := range before {
		if err := lastLayer(before[i].Layers, after[i].Layers); err != nil {
			return err
		}
	}
	return nil
}

// lastLayer holds that the layers of two images differ in the last alone.
func lastLayer(before, after []v1.Descriptor) error {
	last := len(before) - 1
	if last < 1 || len(after) != last+1 {
		return errors.New("the images do not have the same number of layers, two or more")
	}
	for i := range last {
		if before[i].Digest != after[i].Digest {
			return fmt.Errorf("a changed line of Go changes layer %d of %d too", i+1, last+1)
		}
	}
	if before[last].Digest == after[last].Digest {
		return errors.New("a changed line of Go does not change the last layer")
	}
	fmt.Printf("a changed line of Go changes one layer of %d: %s, %d bytes\n",
		last+1, after[last].Digest, after[last].Size)
	return nil
}
