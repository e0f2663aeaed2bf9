package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"example.com/multistage/image/layout"
)

// push is an image or index, and where it goes.
type push struct {
	repository name.Repository
	digest     v1.Hash
	tags       []name.Tag
	content    remote.Taggable
	options    []remote.Option
}

// pushImage pushes an image or index by its digest, and sets tags after that: a tag
// never names what is only half there.
func pushImage(ctx context.Context, args []string) error {
	flags, err := parsePush(args)
	if err != nil {
		return err
	}
	p := push{options: flags.options(ctx)}
	if p.repository, p.tags, err = flags.repositoryAndTags(); err != nil {
		return err
	}
	if p.content, p.digest, err = openContent(flags.image); err != nil {
		return err
	}
	if err := p.run(os.Stdout); err != nil {
		return explain(err, p.repository)
	}
	return nil
}

// run prints each reference when it is there.
func (p push) run(out io.Writer) error {
	digest := p.repository.Digest(p.digest.String())
	if err := remote.Push(digest, p.content, p.options...); err != nil {
		return err
	}
	fmt.Fprintln(out, digest)
	for _, tag := range p.tags {
		if err := remote.Tag(tag, p.content, p.options...); err != nil {
			return err
		}
		fmt.Fprintln(out, tag)
	}
	return nil
}

// openContent returns what a layout holds, and its digest.
func openContent(dir string) (remote.Taggable, v1.Hash, error) {
	index, descriptor, err := layout.OpenOnly(dir)
	if err != nil {
		return nil, v1.Hash{}, err
	}
	if descriptor.MediaType.IsIndex() {
		content, err := index.ImageIndex(descriptor.Digest)
		return content, descriptor.Digest, err
	}
	content, err := index.Image(descriptor.Digest)
	return content, descriptor.Digest, err
}
