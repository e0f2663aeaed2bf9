package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/logs"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// options returns how to talk to the registry: with the credentials that docker
// login keeps.
func (p pushFlags) options(ctx context.Context) []remote.Option {
	logs.Warn.SetOutput(os.Stderr)
	logs.Progress.SetOutput(os.Stderr)
	if p.verbose {
		logs.Debug.SetOutput(os.Stderr)
	}
	options := []remote.Option{
		remote.WithContext(ctx),
		remote.WithAuthFromKeychain(authn.DefaultKeychain),
	}
	if p.insecure {
		options = append(options, remote.WithTransport(unchecked()))
	}
	return options
}

// unchecked returns a transport that takes any certificate.
func unchecked() http.RoundTripper {
	transport := remote.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	return transport
}

// explain says where an error comes from, and what to do about it.
func explain(err error, repository name.Repository) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("push to %s: interrupted", repository)
	}
	var response *transport.Error
	if !errors.As(err, &response) {
		return fmt.Errorf("push to %s: %w", repository, err)
	}
	switch response.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("%s does not let you push to %s: run docker login %[1]s, or point DOCKER_CONFIG to the folder of a config.json that has its credentials (%[3]w)",
			repository.RegistryStr(), repository, err)
	default:
		return fmt.Errorf("push to %s: %w", repository, err)
	}
}
