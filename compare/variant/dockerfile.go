package variant

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// dockerfile builds from a Dockerfile. Its base image is there before the build.
type dockerfile struct{ name string }

func (d dockerfile) build(ctx context.Context, p *place, cold bool) error {
	var flags []string
	if p.caches != "" {
		// Cache mounts of another name space are empty, and a RUN that knows another host is not one that an
		// earlier run has left in the build cache: https://docs.docker.com/build/building/variables/
		flags = append(flags, "--build-arg=BUILDKIT_CACHE_MOUNT_NS="+filepath.Base(p.caches), "--add-host="+p.run+":127.0.0.1")
	}
	if cold {
		flags = append(flags, "--no-cache")
	}
	return p.engine.Build(ctx, p.source, p.image, d.name, flags...)
}

func (dockerfile) push(ctx context.Context, p *place, pushed string) error {
	reference := p.registry.Reference(pushed)
	if _, err := p.engine.Docker(ctx, "tag", p.image, reference); err != nil {
		return err
	}
	_, err := p.engine.Docker(ctx, "push", "--quiet", reference)
	return err
}

// leave removes the names by which images were pushed.
func (dockerfile) leave(ctx context.Context, p *place) error {
	repository, _, _ := strings.Cut(p.image, ":")
	return p.untag(ctx, p.registry.Reference(repository), func(string) bool { return true })
}

// notes names a base image that no registry has sent: it was imported, or has no digest of a registry.
func (d dockerfile) notes(ctx context.Context, p *place) ([]string, error) {
	base, err := d.base(p.source)
	if err != nil {
		return nil, err
	}
	digests, err := p.engine.Docker(ctx, "image", "inspect", "--format={{len .RepoDigests}}", base)
	if err != nil {
		// BuildKit pulls a base image without naming it in the engine.
		return nil, ctx.Err()
	}
	history, err := p.engine.Docker(ctx, "history", "--format={{.Comment}}", base)
	if err != nil {
		return nil, err
	}
	if digests != "0" && !strings.Contains(history, "Imported from") {
		return nil, nil
	}
	return []string{base + " was not pulled from a registry but made on this machine, as e2e/engine/load-golang does it from Debian's packages"}, nil
}

var (
	argument = regexp.MustCompile(`(?m)^ARG GO_VERSION=(\S+)$`)
	from     = regexp.MustCompile(`(?m)^FROM (?:--\S+ )*(golang:\S+)`)
)

// base returns the image that the Dockerfile builds on, "" where it builds on none of Go's.
func (d dockerfile) base(source string) (string, error) {
	content, err := os.ReadFile(filepath.Join(source, d.name))
	if err != nil {
		return "", err
	}
	version, image := argument.FindSubmatch(content), from.FindSubmatch(content)
	if version == nil || image == nil {
		return "", missing(d.name, "ARG GO_VERSION= and FROM golang:")
	}
	return strings.ReplaceAll(string(image[1]), "${GO_VERSION}", string(version[1])), nil
}
