package delivery

import (
	"context"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/result"
)

// image returns an image with layers of these contents.
func image(t *testing.T, contents ...string) v1.Image {
	t.Helper()
	var layers []v1.Layer
	for _, content := range contents {
		layers = append(layers, static.NewLayer([]byte(content), types.OCIUncompressedLayer))
	}
	return imageOf(t, layers...)
}

func imageOf(t *testing.T, layers ...v1.Layer) v1.Image {
	t.Helper()
	image, err := mutate.AppendLayers(empty.Image, layers...)
	if err != nil {
		t.Fatal(err)
	}
	image, err = mutate.ConfigFile(image, with(t, image))
	if err != nil {
		t.Fatal(err)
	}
	return image
}

// with returns the configuration of an image for this machine, which engines want to see.
func with(t *testing.T, image v1.Image) *v1.ConfigFile {
	t.Helper()
	config, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	config = config.DeepCopy()
	config.OS, config.Architecture = "linux", runtime.GOARCH
	return config
}

// layer returns a layer with a file that no other has.
func layer(t *testing.T) v1.Layer {
	t.Helper()
	layer, err := random.Layer(1000, types.DockerLayer)
	if err != nil {
		t.Fatal(err)
	}
	return layer
}

func pull(t *testing.T, before, after v1.Image) result.Pull {
	t.Helper()
	pull, err := Pull(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return pull
}

func TestPull(t *testing.T) {
	for name, test := range map[string]struct {
		before, after []string
		want          []string // kinds
		bytes         int64    // of the layers
	}{
		"the same":         {[]string{"a", "b"}, []string{"a", "b"}, nil, 0},
		"the last":         {[]string{"a", "b"}, []string{"a", "ccc"}, []string{"manifest", "config", "layer"}, 3},
		"one in between":   {[]string{"a", "b"}, []string{"a", "cc", "b"}, []string{"manifest", "config", "layer"}, 2},
		"one fewer":        {[]string{"a", "b"}, []string{"a"}, []string{"manifest", "config"}, 0},
		"twice, sent once": {[]string{"a"}, []string{"a", "bb", "bb"}, []string{"manifest", "config", "layer"}, 2},
		"all":              {[]string{"a", "b"}, []string{"cc", "ddd"}, []string{"manifest", "config", "layer", "layer"}, 5},
	} {
		t.Run(name, func(t *testing.T) {
			got := pull(t, image(t, test.before...), image(t, test.after...))
			var kinds []string
			var all, layers int64
			for _, blob := range got.Blobs {
				kinds = append(kinds, blob.Kind)
				all += blob.Bytes
				if blob.Kind == "layer" {
					layers += blob.Bytes
				}
			}
			wantLayers := len(slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return kind != "layer" }))
			if !slices.Equal(kinds, test.want) || layers != test.bytes || got.Bytes != all || got.Layers != wantLayers {
				t.Errorf("%+v, want %q with %d bytes of layers", got, test.want, test.bytes)
			}
		})
	}
}

// require returns the engine. The test is skipped where there is none, and fails where ITEMS_REQUIRE_DOCKER is set.
func require(t *testing.T) *engine.Engine {
	t.Helper()
	docker, err := engine.Find(t.Context())
	if err != nil && os.Getenv("ITEMS_REQUIRE_DOCKER") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return docker
}

// fetched notes the bytes that a registry sends by what was asked for.
type fetched struct {
	mu    sync.Mutex
	bytes map[string]int64
}

func (f *fetched) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := &countingWriter{ResponseWriter: w}
		next.ServeHTTP(counted, r)
		if _, what, ok := cutAny(r.URL.Path, "/blobs/", "/manifests/"); ok && r.Method == http.MethodGet {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.bytes[what] += counted.bytes
		}
	})
}

// take returns what was fetched since it was called last.
func (f *fetched) take() map[string]int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	bytes := f.bytes
	f.bytes = map[string]int64{}
	return bytes
}

func cutAny(s string, separators ...string) (before, after string, ok bool) {
	for _, separator := range separators {
		if before, after, ok = strings.Cut(s, separator); ok {
			return before, after, ok
		}
	}
	return s, "", false
}

type countingWriter struct {
	http.ResponseWriter
	bytes int64
}

func (w *countingWriter) Write(content []byte) (int, error) {
	n, err := w.ResponseWriter.Write(content)
	w.bytes += int64(n)
	return n, err
}

// TestFetched compares with what an engine fetches that has the old image.
func TestFetched(t *testing.T) {
	docker := require(t)
	f := &fetched{bytes: map[string]int64{}}
	registry, err := Serve(f.noting)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { registry.Close() })
	base, before, after := layer(t), layer(t), layer(t)
	images := map[string]v1.Image{"before": imageOf(t, base, before), "after": imageOf(t, base, after)}
	for _, tag := range []string{"before", "after"} {
		if err := registry.Put("items:"+tag, images[tag]); err != nil {
			t.Fatal(err)
		}
		f.take()
		if _, err := docker.Docker(t.Context(), "pull", "--quiet", registry.Reference("items:"+tag)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { docker.Docker(context.Background(), "image", "rm", registry.Reference("items:"+tag)) })
	}
	wantFetched(t, f.take(), pull(t, images["before"], images["after"]))
}

// wantFetched holds that what was fetched is what Pull says. The manifest may be asked for by its tag.
func wantFetched(t *testing.T, got map[string]int64, want result.Pull) {
	t.Helper()
	var sum int64
	for what, bytes := range got {
		sum += bytes
		if strings.HasPrefix(what, "sha256:") && !slices.ContainsFunc(want.Blobs, func(blob result.Blob) bool {
			return blob.Digest == what && blob.Bytes == bytes
		}) {
			t.Errorf("fetches %s, %d bytes, want %+v", what, bytes, want)
		}
	}
	if sum != want.Bytes || len(got) != len(want.Blobs) {
		t.Errorf("fetches %d bytes: %v, want %+v", sum, got, want)
	}
}
