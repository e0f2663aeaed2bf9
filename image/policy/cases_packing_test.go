package policy_test

import (
	"compress/gzip"
	"slices"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

func packingCases() []violating {
	header := func(change func(*gzip.Header)) func(*fixture) {
		return func(f *fixture) { f.layers[1].header = change }
	}
	manifest := func(change func(*v1.Manifest)) func(*fixture) {
		return func(f *fixture) { f.manifest = change }
	}
	return []violating{
		{"size", func(f *fixture) { f.want.Budget.Binary = 100 }, "the program: "},
		{"size", func(f *fixture) { f.want.Budget.Compressed = 1000 }, "manifest, configuration and layers: "},
		{"size", func(f *fixture) { f.want.Budget.Uncompressed = 1000 }, "the archives of the layers: "},

		{"layers", func(f *fixture) {
			slices.Reverse(f.layers)
			slices.Reverse(f.want.Layers)
		}, "the last layer has"},
		{"layers", func(f *fixture) {
			f.layers[1].files = append(f.layers[1].files, regular("a", 0o644, ""))
			f.want.Layers[1] = append(f.want.Layers[1], "-rw-r--r-- 0:0 1970-01-01T00:00:00Z a")
		}, "alone"},

		{"history", func(f *fixture) { f.config.History = f.config.History[1:] }, "1 steps with a layer, want 2"},
		{"history", func(f *fixture) { f.config.History[0].EmptyLayer = true }, "1 steps with a layer, want 2"},
		{"history", func(f *fixture) { f.config.History = append(f.config.History, v1.History{}) }, "3 steps with a layer, want 2"},

		{"media-types", manifest(func(m *v1.Manifest) { m.MediaType = "" }), `the manifest is ""`},
		{"media-types", manifest(func(m *v1.Manifest) { m.Config.MediaType = types.DockerConfigJSON }), "the configuration is"},
		{"media-types", func(f *fixture) { f.layers[1].mediaType = types.DockerLayer }, "layer sha256:"},

		{"gzip", header(func(h *gzip.Header) { h.Name = "layer.tar" }), "the flags 0x8"},
		{"gzip", header(func(h *gzip.Header) { h.ModTime = time.Unix(1e9, 0) }), "with a time"},
		{"gzip", header(func(h *gzip.Header) { h.OS = 3 }), "the operating system 3"},

		{"blobs", manifest(func(m *v1.Manifest) { m.Layers[0].Size++ }), "mismatched layer[0] size"},
		{"blobs", func(f *fixture) { f.layers[0].plain = true }, "gzip: invalid header"},
		{"blobs", manifest(func(m *v1.Manifest) { m.Config.Size++ }), "mismatched config size"},
	}
}
