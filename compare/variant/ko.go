package variant

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
)

// ko builds by ko, on a base without layers. ko itself is there before the build.
type ko struct{}

// base is the name of the base in the place's registry: ko takes a base from a registry alone.
const base = "empty:latest"

func (k ko) build(ctx context.Context, p *place, _ bool) error {
	return k.ko(ctx, p, p.image, "--local")
}

func (k ko) push(ctx context.Context, p *place, pushed string) error {
	repository, tag, _ := strings.Cut(pushed, ":")
	return k.ko(ctx, p, p.registry.Reference(repository), "--tags="+tag)
}

// digests are tags that ko gives images beside that which it is asked for.
var digests = regexp.MustCompile("^[0-9a-f]{64}$")

func (ko) leave(ctx context.Context, p *place) error {
	return p.untag(ctx, p.image, func(tag string) bool { return digests.MatchString(tag) && !slices.Contains(p.had, tag) })
}

func (ko) notes(context.Context, *place) ([]string, error) {
	return []string{
		"KO_DEFAULTBASEIMAGE names an image without layers, which is pushed to a registry on this machine first; without it ko takes a base of its own. " +
			"GOFLAGS has -buildvcs=false, and ko is that of compare/ko/go.mod: go run ./compare all -changes go ko does all of it",
		"ko has no way to make a folder that belongs to the service's user, so the volume in /data is root's",
	}, nil
}

// ko builds the image into a repository.
func (ko) ko(ctx context.Context, p *place, repository string, flags ...string) error {
	if err := putBase(p); err != nil {
		return err
	}
	env := []string{"KO_DOCKER_REPO=" + repository, "KO_DEFAULTBASEIMAGE=" + p.registry.Reference(base),
		// A revision would make another binary of the same source; the Dockerfile's builds name none either.
		"GOFLAGS=" + os.Getenv("GOFLAGS") + " -buildvcs=false"}
	if p.caches != "" {
		env = append(env, "GOCACHE="+filepath.Join(p.caches, "build"), "GOMODCACHE="+filepath.Join(p.caches, "modules"))
	}
	_, err := run(ctx, p.source, env, p.ko, append([]string{"build", "--bare", "--ldflags=-s -w", "./server"}, flags...)...)
	return err
}

// putBase puts the base into the registry.
func putBase(p *place) error {
	image, err := mutate.ConfigFile(empty.Image, &v1.ConfigFile{
		OS: "linux", Architecture: runtime.GOARCH, RootFS: v1.RootFS{Type: "layers"},
	})
	if err != nil {
		return err
	}
	return p.registry.Put(base, image)
}
