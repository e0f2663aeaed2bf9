package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

func TestPushFlags(t *testing.T) {
	const repository = "registry.example/items"
	remoteTags := "--remote-tags=" + write(t, "latest\nv3\n")
	for name, test := range map[string]struct {
		args           []string
		repository     string
		tags           string
		insecure, talk bool
	}{
		"short":      {args: []string{"-r", repository, "-t", "v1", "-t", "v2"}, repository: repository, tags: "v1,v2"},
		"long":       {args: []string{"--repository", repository, "--tag", "v1"}, repository: repository, tags: "v1"},
		"equals":     {args: []string{"--repository=" + repository, "--tag=v1"}, repository: repository, tags: "v1"},
		"order":      {args: []string{remoteTags, "-r", repository, "--tag=v2", "-t", "v1"}, repository: repository, tags: "v2,v1,latest,v3"},
		"last wins":  {args: []string{"--repository=registry.example/a", "-r", repository}, repository: repository},
		"insecure":   {args: []string{"-r", repository, "--insecure"}, repository: repository, insecure: true},
		"verbose":    {args: []string{"-r", repository, "--verbose"}, repository: repository, talk: true},
		"v":          {args: []string{"-r", repository, "-v"}, repository: repository, talk: true},
		"docker hub": {args: []string{"-r", "me/items"}, repository: "index.docker.io/me/items"},
	} {
		t.Run(name, func(t *testing.T) {
			flags, err := parsePush(test.args)
			if err != nil {
				t.Fatal(err)
			}
			got, tags, err := flags.repositoryAndTags()
			if err != nil || got.Name() != test.repository || len(tags) != len(flags.tags) {
				t.Errorf("repository %s, tags %s, %v", got, tags, err)
			}
			if all := strings.Join(flags.tags, ","); all != test.tags || flags.insecure != test.insecure || flags.verbose != test.talk {
				t.Errorf("%+v", flags)
			}
		})
	}
}

// Nothing is pushed unless all of it is right.
func TestPushRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"no repository":   {nil, "repository not set"},
		"unknown flag":    {[]string{"-r", "a/b", "--force"}, "-force"},
		"argument":        {[]string{"-r", "a/b", "c"}, `unknown argument "c"`},
		"tag as digest":   {[]string{"-r", "a/b", "-t", "a@b"}, `--tag "a@b"`},
		"tag as path":     {[]string{"-r", "a/b", "-t", "c/d"}, `--tag "c/d"`},
		"no name":         {[]string{"-r", "a/b", "-t", ""}, `--tag ""`},
		"tag as flag":     {[]string{"-r", "a/b", "-t", "-x"}, `--tag "-x"`},
		"hidden tag":      {[]string{"-r", "a/b", "-t", ".x"}, `--tag ".x"`},
		"long tag":        {[]string{"-r", "a/b", "-t", strings.Repeat("a", 129)}, "at most 128"},
		"with a scheme":   {[]string{"-r", "https://a/b"}, "has a scheme"},
		"repository:tag":  {[]string{"-r", "registry.example/a:b"}, "repository can only contain"},
		"no tags file":    {[]string{"-r", "a/b", "--remote-tags=missing"}, "missing"},
		"nothing to push": {[]string{"-r", "a/b", "--image", t.TempDir()}, "is not an OCI layout"},
	} {
		t.Run(name, func(t *testing.T) {
			wantError(t, pushImage(context.Background(), test.args), test.want)
		})
	}
}

// An error says where, and what to do.
func TestExplain(t *testing.T) {
	repository, err := name.NewRepository("registry.example/items")
	if err != nil {
		t.Fatal(err)
	}
	for want, err := range map[string]error{
		"docker login registry.example, or":               &transport.Error{StatusCode: http.StatusUnauthorized},
		"does not let you push to registry.example/items": &transport.Error{StatusCode: http.StatusForbidden},
		"push to registry.example/items: unexpected":      &transport.Error{StatusCode: http.StatusInternalServerError},
		"push to registry.example/items: x":               errors.New("x"),
		"push to registry.example/items: interrupted":     context.Canceled,
	} {
		wantError(t, explain(err, repository), want)
	}
}
