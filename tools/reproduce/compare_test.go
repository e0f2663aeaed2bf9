package main

import (
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// index returns an index of two images with the same layers.
func index(t *testing.T, layers ...string) v1.ImageIndex {
	t.Helper()
	image := empty.Image
	for _, content := range layers {
		var err error
		image, err = mutate.AppendLayers(image, static.NewLayer([]byte(content), types.OCIUncompressedLayer))
		if err != nil {
			t.Fatal(err)
		}
	}
	add := mutate.IndexAddendum{Add: image}
	return mutate.AppendManifests(empty.Index, add, add)
}

func TestOneLayer(t *testing.T) {
	for name, test := range map[string]struct {
		before, after []string
		want          string // in the error; "" for none
	}{
		"the last":   {[]string{"a", "b"}, []string{"a", "c"}, ""},
		"none":       {[]string{"a", "b"}, []string{"a", "b"}, "does not change the last"},
		"the first":  {[]string{"a", "b"}, []string{"c", "b"}, "changes layer 1 of 2 too"},
		"both":       {[]string{"a", "b"}, []string{"c", "d"}, "changes layer 1 of 2 too"},
		"one more":   {[]string{"a", "b"}, []string{"a", "b", "c"}, "same number"},
		"one fewer":  {[]string{"a", "b"}, []string{"a"}, "same number"},
		"only one":   {[]string{"a"}, []string{"b"}, "same number"},
		"none there": {nil, nil, "same number"},
	} {
		t.Run(name, func(t *testing.T) {
			before, err := manifests(index(t, test.before...))
			if err != nil {
				t.Fatal(err)
			}
			after, err := manifests(index(t, test.after...))
			if err != nil {
				t.Fatal(err)
			}
			err = oneLayer(before, after)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
	if err := oneLayer(nil, nil); err == nil {
		t.Error("no error without images")
	}
}

func TestSame(t *testing.T) {
	if err := same(index(t, "a"), index(t, "a")); err != nil {
		t.Error(err)
	}
	if err := same(index(t, "a"), index(t)); err == nil || !strings.Contains(err.Error(), "differs: image for") {
		t.Error(err)
	}
}
