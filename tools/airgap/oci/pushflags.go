package main

import (
	"errors"
	"fmt"

	"github.com/google/go-containerregistry/pkg/name"
)

// pushFlags are the attributes of oci_push, and what its user says.
type pushFlags struct {
	image      string
	remoteTags string
	repository string
	tags       []string
	insecure   bool
	verbose    bool
}

func parsePush(args []string) (pushFlags, error) {
	var p pushFlags
	flags := newFlags("push")
	flags.StringVar(&p.image, "image", "", "the `layout` of the image or index")
	flags.StringVar(&p.remoteTags, "remote-tags", "", "a `file` with a tag a line")
	for _, name := range []string{"r", "repository"} {
		flags.StringVar(&p.repository, name, p.repository, "the `repository` to push to")
	}
	for _, name := range []string{"t", "tag"} {
		flags.Func(name, "a `tag` to set", p.addTag)
	}
	flags.BoolVar(&p.insecure, "insecure", false, "use plain HTTP, or TLS of which the certificate is not checked")
	for _, name := range []string{"v", "verbose"} {
		flags.BoolVar(&p.verbose, name, false, "show requests and responses")
	}
	if err := flags.Parse(args); err != nil {
		return pushFlags{}, err
	}
	if flags.NArg() > 0 {
		return pushFlags{}, fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	if p.repository == "" {
		return pushFlags{}, errors.New("repository not set, pass --repository")
	}
	return p, p.readTags()
}

func (p *pushFlags) addTag(tag string) error {
	p.tags = append(p.tags, tag)
	return nil
}

// readTags adds the tags of the attribute after those of the user.
func (p *pushFlags) readTags() error {
	if p.remoteTags == "" {
		return nil
	}
	tags, err := readWords(p.remoteTags)
	p.tags = append(p.tags, tags...)
	return err
}

// repositoryAndTags returns where to push to. It is checked before anything is
// pushed.
func (p pushFlags) repositoryAndTags() (name.Repository, []name.Tag, error) {
	var options []name.Option
	if p.insecure {
		options = append(options, name.Insecure)
	}
	repository, err := name.NewRepository(p.repository, options...)
	if err != nil {
		return name.Repository{}, nil, err
	}
	tags := []name.Tag{}
	for _, tag := range p.tags {
		t, err := name.NewTag(repository.Name()+":"+tag, options...)
		if err != nil {
			return name.Repository{}, nil, err
		}
		tags = append(tags, t)
	}
	return repository, tags, nil
}
