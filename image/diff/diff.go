// Package diff says where two images differ first. Layers count from 1, bytes
// from 0.
package diff

import (
	"bytes"
	"fmt"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Images returns where two images differ first: the layer, the file and the byte
// in it, or the byte of the configuration or of the manifest. It returns "" for
// images that are the same bit for bit.
func Images(a, b v1.Image) (string, error) {
	difference, err := Layers(a, b)
	if difference != "" || err != nil {
		return difference, err
	}
	return documents(a, b)
}

// Layers returns where the layers of two images differ first: the layer, the file
// and the byte in it. It returns "" for images whose layers are the same bit for
// bit.
func Layers(a, b v1.Image) (string, error) {
	layersA, layersB, err := both(a, b, v1.Image.Layers)
	if err != nil {
		return "", err
	}
	for i := range min(len(layersA), len(layersB)) {
		difference, err := layers(layersA[i], layersB[i])
		if difference != "" || err != nil {
			return fmt.Sprintf("layer %d: %s", i+1, difference), err
		}
	}
	if len(layersA) != len(layersB) {
		return fmt.Sprintf("%d and %d layers", len(layersA), len(layersB)), nil
	}
	return "", nil
}

// documents compares what the images say of themselves.
func documents(a, b v1.Image) (string, error) {
	configA, configB, err := both(a, b, v1.Image.RawConfigFile)
	if err != nil {
		return "", err
	}
	if difference := content(configA, configB); difference != "" {
		return "configuration: " + difference, nil
	}
	manifestA, manifestB, err := both(a, b, v1.Image.RawManifest)
	if err != nil {
		return "", err
	}
	if difference := content(manifestA, manifestB); difference != "" {
		return "manifest: " + difference, nil
	}
	return "", nil
}

// both returns a property of two values.
func both[V, P any](a, b V, property func(V) (P, error)) (ofA, ofB P, err error) {
	if ofA, err = property(a); err != nil {
		return ofA, ofB, err
	}
	ofB, err = property(b)
	return ofA, ofB, err
}

// content returns where two contents differ first, with what follows there, or "".
func content(a, b []byte) string {
	if bytes.Equal(a, b) {
		return ""
	}
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return fmt.Sprintf("byte %d: %q and %q", at, excerpt(a[at:]), excerpt(b[at:]))
}

func excerpt(content []byte) []byte { return content[:min(len(content), 16)] }
