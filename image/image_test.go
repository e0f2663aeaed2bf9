package image_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"example.com/multistage/e2e/sources"
	"example.com/multistage/image/layout"
	"example.com/multistage/image/policy"
)

// expected is what the image for a platform should be.
func expected(t *testing.T, platform string) policy.Expected {
	return policy.Expected{
		MediaType: types.OCIManifestSchema1,
		Platform:  platform,

		User:         "65532:65532",
		Env:          []string{"ITEMS_STORE=bolt:/data/items.db", "ITEMS_LOG_FORMAT=json"},
		Entrypoint:   []string{"/server"},
		WorkingDir:   "/",
		ExposedPorts: []string{"8080/tcp"},
		Volumes:      []string{"/data"},

		Labels:      annotations(),
		Annotations: annotations(),

		Layers: [][]string{
			{
				"drwxrwx--- 65532:0 1970-01-01T00:00:00Z data/",
				"drwxr-xr-x 0:0 1970-01-01T00:00:00Z etc/",
				"-rw-r--r-- 0:0 1970-01-01T00:00:00Z etc/group",
				"-rw-r--r-- 0:0 1970-01-01T00:00:00Z etc/passwd",
				"dtrwxrwxrwx 0:0 1970-01-01T00:00:00Z tmp/",
			},
			{"-rwxr-xr-x 0:0 1970-01-01T00:00:00Z server"},
		},
		Build:  build(t),
		Budget: policy.Budget{Binary: 9_900_000, Compressed: 4_200_000, Uncompressed: 10_000_000},
	}
}

// annotations are those of an image that is not stamped. Its labels say the same,
// because some tools show only these, and others only those.
func annotations() map[string]string {
	return map[string]string{
		"org.opencontainers.image.title":       "items",
		"org.opencontainers.image.description": "A REST API of items and a home page, on scratch",
		"org.opencontainers.image.source":      "https://example.com/multistage",
		"org.opencontainers.image.licenses":    "Apache-2.0",
		"org.opencontainers.image.base.name":   "scratch",
		"org.opencontainers.image.version":     "dev",
		"org.opencontainers.image.revision":    "unknown",
		"org.opencontainers.image.created":     "1970-01-01T00:00:00Z",
	}
}

func build(t *testing.T) policy.Build {
	t.Helper()
	build, err := sources.Build("..")
	if err != nil {
		t.Fatal(err)
	}
	// Nothing of version control: the same source gives the same bytes.
	build.Settings = map[string]string{
		"CGO_ENABLED": "0", "-trimpath": "true", "vcs.revision": "", "vcs.time": "", "vcs.modified": "",
	}
	return build
}

func TestImage(t *testing.T) {
	image, err := policy.Read(built(t))
	if err != nil {
		t.Fatal(err)
	}
	testImage(t, image, "linux/"+runtime.GOARCH)
}

func testImage(t *testing.T, image *policy.Image, platform string) {
	testRules(t, policy.Rules(), image, expected(t, platform))
}

// testRules holds that a subject breaks no rule.
func testRules[Subject, Want any](t *testing.T, rules []policy.Rule[Subject, Want], subject Subject, want Want) {
	for _, rule := range rules {
		t.Run(rule.Name, func(t *testing.T) {
			for _, violation := range rule.Check(subject, want) {
				t.Error(violation.Text)
			}
		})
	}
}

func TestIndex(t *testing.T) {
	index, err := policy.ReadIndex(builtIndex(t))
	if err != nil {
		t.Fatal(err)
	}
	want := policy.ExpectedIndex{
		MediaType:   types.OCIImageIndex,
		Platforms:   []string{"linux/amd64", "linux/arm64"},
		Annotations: annotations(),
	}
	testRules(t, policy.IndexRules(), index, want)
	for _, image := range index.Images {
		t.Run(image.Platform(), func(t *testing.T) { testImage(t, image, image.Platform()) })
	}
}

// built returns the image for this machine's architecture.
func built(t *testing.T) v1.Image {
	t.Helper()
	index, digest := open(t, "ITEMS_IMAGE")
	image, err := index.Image(digest)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

// builtIndex returns the index of the images for all platforms.
func builtIndex(t *testing.T) v1.ImageIndex {
	t.Helper()
	outer, digest := open(t, "ITEMS_IMAGE_INDEX")
	index, err := outer.ImageIndex(digest)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// open opens the layout that a variable names, relative to the runfiles of a
// Bazel test, and returns the digest of its only manifest.
func open(t *testing.T, variable string) (v1.ImageIndex, v1.Hash) {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skip("the image is built by Bazel: bazel test //image/...")
	}
	index, descriptor, err := layout.OpenOnly(filepath.Join(os.Getenv("TEST_SRCDIR"), path))
	if err != nil {
		t.Fatal(err)
	}
	return index, descriptor.Digest
}
