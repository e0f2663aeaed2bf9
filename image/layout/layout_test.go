package layout_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	golayout "github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"github.com/google/go-containerregistry/pkg/v1/validate"

	"example.com/multistage/image/layout"
)

// write writes a layout with an index of two images, whose blobs are links to
// files elsewhere.
func write(t *testing.T) (dir string, want v1.ImageIndex) {
	t.Helper()
	want, err := random.Index(1000, 2, 2)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	path, err := golayout.Write(dir, empty.Index)
	if err != nil {
		t.Fatal(err)
	}
	if err := path.AppendIndex(want); err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	for _, blob := range blobs(t, dir) {
		target := filepath.Join(elsewhere, filepath.Base(blob))
		if err := os.Rename(blob, target); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, blob); err != nil {
			t.Fatal(err)
		}
	}
	return dir, want
}

func blobs(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "blobs/sha256/*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("blobs %q, %v", found, err)
	}
	return found
}

// open returns the index that a layout has, which its index.json lists.
func open(t *testing.T, dir string) v1.ImageIndex {
	t.Helper()
	outer, descriptor, err := layout.OpenOnly(dir)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := outer.ImageIndex(descriptor.Digest)
	if err != nil {
		t.Fatal(err)
	}
	return inner
}

func TestOpen(t *testing.T) {
	dir, want := write(t)
	got := open(t, dir)
	if err := validate.Index(got); err != nil {
		t.Error(err)
	}
	gotDigest, err := got.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if wantDigest, err := want.Digest(); err != nil || gotDigest != wantDigest {
		t.Errorf("digest %s, want %s, %v", gotDigest, wantDigest, err)
	}
	if mediaType, err := got.MediaType(); err != nil || mediaType != types.OCIImageIndex {
		t.Errorf("media type %s, %v", mediaType, err)
	}
}

// A blob that is not what its name says is an error, not another image.
func TestDamagedBlob(t *testing.T) {
	dir, _ := write(t)
	for _, blob := range blobs(t, dir) {
		content, err := os.ReadFile(blob)
		if err != nil {
			t.Fatal(err)
		}
		content[0] ^= 1
		if err := os.WriteFile(blob, content, 0o644); err != nil {
			t.Fatal(err)
		}
		outer, err := layout.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate.Index(outer); err == nil || !strings.Contains(err.Error(), "has the digest") {
			t.Errorf("%s is damaged: %v", filepath.Base(blob), err)
		}
		content[0] ^= 1
		if err := os.WriteFile(blob, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNotALayout(t *testing.T) {
	if _, err := layout.Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is not an OCI layout") {
		t.Error(err)
	}
}

func TestOnly(t *testing.T) {
	for name, index := range map[string]v1.ImageIndex{
		"none": empty.Index,
		"two":  mutate.AppendManifests(empty.Index, mutate.IndexAddendum{Add: empty.Image}, mutate.IndexAddendum{Add: empty.Index}),
	} {
		if descriptor, err := layout.Only(index); err == nil {
			t.Errorf("%s: %v", name, descriptor)
		}
	}
}

// What nobody lists is not there.
func TestUnlisted(t *testing.T) {
	dir, _ := write(t)
	index := open(t, dir)
	digest := v1.Hash{Algorithm: "sha256", Hex: strings.Repeat("0", 64)}
	if _, err := index.Image(digest); err == nil {
		t.Error("an image that the index doesn't list")
	}
	if _, err := index.ImageIndex(digest); err == nil {
		t.Error("an index that the index doesn't list")
	}
}
