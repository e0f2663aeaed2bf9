package policy

import (
	"bytes"
	"slices"

	"github.com/google/go-containerregistry/pkg/v1/types"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

// layers holds that the last layer has the program and nothing else, so that a
// change of the code leaves the others as they are.
func layers(i *Image, _ Expected, r *report) {
	program, found := i.program()
	if !found {
		return
	}
	if last := i.layers[len(i.layers)-1].list(); !slices.Equal(last, []string{program.String()}) {
		r.addf("the last layer has %q, want the program %q alone", last, program)
	}
}

// history holds that the history has a step for each layer. An image need not
// have one.
func history(i *Image, _ Expected, r *report) {
	steps := 0
	for _, step := range i.config.History {
		if !step.EmptyLayer {
			steps++
		}
	}
	if len(i.config.History) > 0 && steps != len(i.layers) {
		r.addf("the history has %d steps with a layer, want %d", steps, len(i.layers))
	}
}

// mediaTypes holds that manifest, configuration and layers are all in one format,
// and that the layers are compressed by gzip, which everybody reads.
func mediaTypes(i *Image, want Expected, r *report) {
	config, layer := types.OCIConfigJSON, types.OCILayer
	if want.MediaType == types.DockerManifestSchema2 {
		config, layer = types.DockerConfigJSON, types.DockerLayer
	}
	r.mediaType("the manifest", i.manifest.MediaType, want.MediaType)
	r.mediaType("the configuration", i.manifest.Config.MediaType, config)
	for _, descriptor := range i.manifest.Layers {
		r.mediaType("layer "+descriptor.Digest.String(), descriptor.MediaType, layer)
	}
}

func (r *report) mediaType(what string, got, want types.MediaType) {
	if got != want {
		r.addf("%s is %q, want %q", what, got, want)
	}
}

// gzipHeaders holds that the layers say nothing of when, where and from what they
// were compressed: https://www.rfc-editor.org/rfc/rfc1952#section-2.3
func gzipHeaders(i *Image, _ Expected, r *report) {
	for n, layer := range i.layers {
		header := layer.header
		if len(header) < 10 || !bytes.HasPrefix(header, []byte{0x1f, 0x8b}) {
			continue // not gzip, as the rule blobs says
		}
		if header[3] != 0 {
			r.addf("layer %d has a gzip header with the flags %#x, want neither a name nor a comment", n, header[3])
		}
		if !bytes.Equal(header[4:8], make([]byte, 4)) {
			r.addf("layer %d has a gzip header with a time", n)
		}
		if header[9] != 255 {
			r.addf("layer %d has a gzip header with the operating system %d, want 255 for none", n, header[9])
		}
	}
}

// blobs holds that all blobs have the digests and sizes that are said of them.
func blobs(i *Image, _ Expected, r *report) {
	if err := validate.Image(i.source); err != nil {
		r.addf("%v", err)
	}
}
