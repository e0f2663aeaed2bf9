package main

import (
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// index are the attributes of oci_image_index.
type index struct {
	output      output
	annotations string
	images      []string
}

// makeIndex makes an index. Its arguments are, after the flags, the layouts of the
// images.
func makeIndex(args []string) error {
	var i index
	flags := newFlags("index")
	flags.StringVar((*string)(&i.output), "output", "", "the `directory` to write")
	flags.StringVar(&i.annotations, "annotations", "", "a `file` with key=value a line")
	if err := flags.Parse(args); err != nil {
		return err
	}
	i.images = flags.Args()
	return i.write()
}

func (i index) write() error {
	manifest, err := i.manifest()
	if err != nil {
		return err
	}
	digest, err := i.output.blob(manifest)
	if err != nil {
		return err
	}
	return i.output.finish(object{{"manifests", []object{{
		{"mediaType", types.OCIImageIndex},
		{"size", len(manifest)},
		{"digest", digest},
	}}}})
}

func (i index) manifest() ([]byte, error) {
	manifests := []object{}
	for _, dir := range i.images {
		manifest, err := i.add(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		manifests = append(manifests, manifest)
	}
	manifest := object{
		{"schemaVersion", 2},
		{"mediaType", types.OCIImageIndex},
		{"manifests", manifests},
	}
	return annotated(manifest, i.annotations)
}

// add copies an image and returns its descriptor.
func (i index) add(dir string) (object, error) {
	image, descriptor, err := openImage(dir)
	if err != nil {
		return nil, err
	}
	if err := i.copy(image); err != nil {
		return nil, err
	}
	config, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	return object{
		{"mediaType", descriptor.MediaType},
		{"digest", descriptor.Digest},
		{"size", descriptor.Size},
		{"platform", platform(config)},
	}, nil
}

func platform(config *v1.ConfigFile) object {
	platform := object{{"os", config.OS}, {"architecture", config.Architecture}}
	if config.Variant != "" {
		platform = platform.set("variant", config.Variant)
	}
	return platform
}

func (i index) copy(image v1.Image) error {
	for _, read := range []func() ([]byte, error){image.RawManifest, image.RawConfigFile} {
		content, err := read()
		if err != nil {
			return err
		}
		if _, err := i.output.blob(content); err != nil {
			return err
		}
	}
	return i.copyLayers(image)
}

func (i index) copyLayers(image v1.Image) error {
	layers, err := image.Layers()
	if err != nil {
		return err
	}
	for _, layer := range layers {
		content, err := compressed(layer)
		if err != nil {
			return err
		}
		if _, err := i.output.blob(content); err != nil {
			return err
		}
	}
	return nil
}
