package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"

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
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(os.Stdout)
			flags.PrintDefaults()
		}
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
	if err == nil && strings.Contains(p.repository, "://") {
		err = errors.New("it has a scheme")
	}
	if err != nil {
		return name.Repository{}, nil, fmt.Errorf("--repository %q is not a registry and a path: %w", p.repository, err)
	}
	// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
	valid := regexp.MustCompile(`^\w[\w.-]{0,127}$`)
	tags := []name.Tag{}
	for _, tag := range p.tags {
		if !valid.MatchString(tag) {
			return name.Repository{}, nil, fmt.Errorf(
				"--tag %q: a tag has at most 128 letters, digits and _.-, and begins with none of the last two", tag)
		}
		tags = append(tags, repository.Tag(tag))
	}
	return repository, tags, nil
}
