// Package source opens container images, wherever they are.
package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"example.com/multistage/compare/engine"
	"example.com/multistage/image/layout"
)

// Forms says how references are written.
const Forms = "docker-daemon:NAME or NAME (in the local engine), oci:DIRECTORY, docker-archive:FILE, docker://NAME (in a registry)"

// Open returns the image of a reference, and a function that removes what was made to read it, which is to be
// called in any case. Of images for several platforms it is the one for Linux on this machine's processor.
//
// References are written as skopeo takes them, or as a name in the local engine. Layers that are kept
// uncompressed are compressed as docker push does it: gzip with its default level.
func Open(ctx context.Context, reference string) (v1.Image, func(), error) {
	nothing := func() {}
	if name, daemon := Daemon(reference); daemon {
		return openDaemon(ctx, name)
	}
	kind, rest, _ := strings.Cut(reference, ":")
	var image v1.Image
	var err error
	switch kind {
	case "":
		err = errors.New("the reference is empty")
	case "oci":
		image, err = openLayout(rest)
	case "docker-archive":
		image, err = openArchive(rest)
	case "docker":
		image, err = openRemote(ctx, strings.TrimPrefix(rest, "//"))
	}
	if err != nil {
		return nil, nothing, fmt.Errorf("image %q: %w; an image is named as %s", reference, err, Forms)
	}
	return image, nothing, nil
}

// Daemon returns the name in the local engine that a reference is. It is false where it is of another form.
func Daemon(reference string) (string, bool) {
	if name, found := strings.CutPrefix(reference, "docker-daemon:"); found {
		return name, true
	}
	for _, other := range []string{"oci:", "docker-archive:", "docker://"} {
		if strings.HasPrefix(reference, other) {
			return "", false
		}
	}
	return reference, reference != ""
}

// platform is the one of this machine's containers.
func platform() v1.Platform { return v1.Platform{OS: "linux", Architecture: runtime.GOARCH} }

func openRemote(ctx context.Context, reference string) (v1.Image, error) {
	parsed, err := name.ParseReference(reference)
	if err != nil {
		return nil, err
	}
	return remote.Image(parsed, remote.WithContext(ctx), remote.WithPlatform(platform()), remote.WithAuthFromKeychain(authn.DefaultKeychain))
}

func openArchive(path string) (v1.Image, error) {
	image, err := tarball.ImageFromPath(path, nil)
	if err != nil {
		return nil, err
	}
	return compressed(image)
}

// openLayout opens the image of an OCI layout: the only one, or the one for this machine.
func openLayout(dir string) (v1.Image, error) {
	index, err := layout.Open(dir)
	if err != nil {
		return nil, err
	}
	return choose(index)
}

// choose returns the image of an index, or of one within it.
func choose(index v1.ImageIndex) (v1.Image, error) {
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, err
	}
	for _, m := range manifest.Manifests {
		only := len(manifest.Manifests) == 1
		switch {
		case m.MediaType.IsIndex() && only:
			inner, err := index.ImageIndex(m.Digest)
			if err != nil {
				return nil, err
			}
			return choose(inner)
		case m.MediaType.IsImage() && (only || m.Platform != nil && m.Platform.Satisfies(platform())):
			return index.Image(m.Digest)
		}
	}
	return nil, fmt.Errorf("none of its %d manifests is an image for %s", len(manifest.Manifests), platform())
}

// openDaemon opens an image of the local engine, which it saves to a temporary file.
func openDaemon(ctx context.Context, name string) (v1.Image, func(), error) {
	e, err := engine.Find(ctx)
	if err != nil {
		return nil, func() {}, err
	}
	dir, err := os.MkdirTemp("", "compare-image-*")
	if err != nil {
		return nil, func() {}, err
	}
	remove := func() { os.RemoveAll(dir) }
	path := filepath.Join(dir, "image.tar")
	if err := e.Save(ctx, name, path); err != nil {
		return nil, remove, fmt.Errorf("image %q of the local engine: %w; an image is named as %s", name, err, Forms)
	}
	image, err := openArchive(path)
	return image, remove, err
}
