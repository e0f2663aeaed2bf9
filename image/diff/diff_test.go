package diff_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"example.com/multistage/image/diff"
)

// spec is what an image of two layers is made from.
type spec struct {
	base, server tar.Header
	binary       string
	level        int
	env          string
	annotation   string
	extra        bool
}

func newSpec() spec {
	return spec{
		base:   tar.Header{Name: "data/", Typeflag: tar.TypeDir, Mode: 0o770, Uid: 65532, ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR},
		server: tar.Header{Name: "server", Typeflag: tar.TypeReg, Mode: 0o755, ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR},
		binary: "the program of the service, and more of it",
		level:  gzip.BestCompression,
		env:    "A=b",
	}
}

func (s spec) image(t *testing.T) v1.Image {
	t.Helper()
	layers := []v1.Layer{layer(t, s.level, s.base, ""), layer(t, s.level, s.server, s.binary)}
	if s.extra {
		layers = append(layers, layers[0])
	}
	image, err := mutate.AppendLayers(empty.Image, layers...)
	if err != nil {
		t.Fatal(err)
	}
	if image, err = mutate.Config(image, v1.Config{Env: []string{s.env}}); err != nil {
		t.Fatal(err)
	}
	if s.annotation != "" {
		image = mutate.Annotations(image, map[string]string{"a": s.annotation}).(v1.Image)
	}
	return image
}

func layer(t *testing.T, level int, header tar.Header, content string) v1.Layer {
	t.Helper()
	var output bytes.Buffer
	archive := tar.NewWriter(&output)
	header.Size = int64(len(content))
	if err := archive.WriteHeader(&header); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(output.Bytes())), nil
	}, tarball.WithCompressionLevel(level))
	if err != nil {
		t.Fatal(err)
	}
	return layer
}

func TestImages(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*spec)
		want   string // how the difference begins; "" for none
	}{
		"nothing":         {func(*spec) {}, ""},
		"a byte":          {func(s *spec) { s.binary = "the program of THE service" }, `layer 2: /server: byte 15: "the service, and" and "THE service"`},
		"a longer file":   {func(s *spec) { s.binary += "!" }, `layer 2: /server: byte 42: "" and "!"`},
		"a name":          {func(s *spec) { s.server.Name = "service" }, "layer 2: /server and /service"},
		"a mode":          {func(s *spec) { s.base.Mode = 0o777 }, "layer 1: /data/: mode 770 and 777"},
		"an owner":        {func(s *spec) { s.base.Uid = 0 }, "layer 1: /data/: owner 65532  and 0 "},
		"a time":          {func(s *spec) { s.server.ModTime = time.Unix(1, 0) }, "layer 2: /server: time 1970-01-01 00:00:00 +0000 UTC and 1970-01-01 00:00:01 +0000 UTC"},
		"the environment": {func(s *spec) { s.env = "A=c" }, "configuration: byte "},
		"an annotation":   {func(s *spec) { s.annotation = "x" }, "manifest: byte "},
		"the compression": {func(s *spec) { s.level = gzip.BestSpeed }, "layer 1: the files are the same, but not the archive or its compression: sha256:"},
		"a layer":         {func(s *spec) { s.extra = true }, "2 and 3 layers"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := newSpec()
			test.change(&changed)
			got, err := diff.Images(newSpec().image(t), changed.image(t))
			check(t, test.want, got, err)
		})
	}
}

func check(t *testing.T, want, got string, err error) {
	t.Helper()
	if err != nil || !strings.HasPrefix(got, want) || (want == "") != (got == "") {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

func TestIndexes(t *testing.T) {
	changed := newSpec()
	changed.binary = "the program of THE service"
	same, other := newSpec().image(t), changed.image(t)
	for name, test := range map[string]struct {
		images []v1.Image
		want   string
	}{
		"the same":         {[]v1.Image{same, same}, ""},
		"the second image": {[]v1.Image{same, other}, "image for linux/arm64: layer 2: /server: byte 15: "},
		"an image fewer":   {[]v1.Image{same}, "index: byte "},
		"an image more":    {[]v1.Image{same, same, same}, "index: byte "},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := diff.Indexes(index(same, same), index(test.images...))
			check(t, test.want, got, err)
		})
	}
}

// index returns an index of images for different architectures.
func index(images ...v1.Image) v1.ImageIndex {
	index := v1.ImageIndex(empty.Index)
	for i, image := range images {
		platform := &v1.Platform{OS: "linux", Architecture: []string{"amd64", "arm64", "s390x"}[i]}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: image, Descriptor: v1.Descriptor{Platform: platform}})
	}
	return index
}
