package source

import (
	"compress/gzip"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// compressed returns an image with the configuration of another, and with its layers as docker push compresses
// them.
func compressed(image v1.Image) (v1.Image, error) {
	config, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	layers, err := image.Layers()
	if err != nil {
		return nil, err
	}
	packed := empty.Image
	for _, layer := range layers {
		again, err := tarball.LayerFromOpener(layer.Uncompressed,
			tarball.WithCompressionLevel(gzip.DefaultCompression), tarball.WithMediaType(types.DockerLayer))
		if err != nil {
			return nil, err
		}
		if packed, err = mutate.AppendLayers(packed, again); err != nil {
			return nil, err
		}
	}
	packed, err = mutate.ConfigFile(packed, config)
	return mutate.MediaType(packed, types.DockerManifestSchema2), err
}
