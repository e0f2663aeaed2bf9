package variant

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/multistage/image/layout"
)

// bazel builds by tools/bazel. Bazel itself is there before the build.
type bazel struct{}

func (b bazel) build(ctx context.Context, p *place, _ bool) error {
	_, err := b.bazel(ctx, p, "run", "//image:load")
	return err
}

// push takes the layout that was built last as it is. //image:push would push the index of all platforms, of
// which a node pulls the image for its own.
func (b bazel) push(ctx context.Context, p *place, pushed string) error {
	files, err := b.bazel(ctx, p, "cquery", "--output=files", "//image:image")
	if err != nil {
		return err
	}
	root, err := b.bazel(ctx, p, "info", "execution_root")
	if err != nil {
		return err
	}
	index, descriptor, err := layout.OpenOnly(filepath.Join(root, files))
	if err != nil {
		return err
	}
	content, err := index.Image(descriptor.Digest)
	if err != nil {
		return err
	}
	return p.registry.Put(pushed, content)
}

// leave ends Bazel's server, but not that of the user.
func (b bazel) leave(ctx context.Context, p *place) error {
	if p.caches == "" {
		return nil
	}
	if _, err := os.Stat(b.outputBase(p)); err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	_, err := run(ctx, p.source, nil, filepath.Join(p.source, "tools/bazel"), "--output_base="+b.outputBase(p), "shutdown")
	return err
}

// notes names a rule set that takes the place of the one in the central registry.
func (b bazel) notes(_ context.Context, p *place) ([]string, error) {
	rules, err := filepath.Glob(filepath.Join(b.outputBase(p), "external", "rules_oci*"))
	if err != nil {
		return nil, err
	}
	for _, path := range rules {
		if target, err := os.Readlink(path); err == nil && strings.Contains(filepath.ToSlash(target), "tools/airgap/") {
			return []string{"Bazel was made of Debian's packages and rules_oci is the stand-in of tools/airgap, as the Bazel Central Registry was out of reach"}, nil
		}
	}
	return nil, nil
}

func (bazel) outputBase(p *place) string { return filepath.Join(p.caches, "output_base") }

// bazel runs a command of Bazel's, which takes nothing from outside the place's caches where it has some.
func (b bazel) bazel(ctx context.Context, p *place, command string, args ...string) (string, error) {
	var options []string
	if p.caches != "" {
		options = append(options, "--output_base="+b.outputBase(p))
		args = append([]string{"--repository_cache=" + filepath.Join(p.caches, "repositories"), "--disk_cache=", "--remote_cache="}, args...)
	}
	output, err := run(ctx, p.source, nil, filepath.Join(p.source, "tools/bazel"), append(append(options, command), args...)...)
	if err != nil {
		return "", fmt.Errorf("building by Bazel: %w", err)
	}
	return output, nil
}
