// Package delivery is how an image reaches the machines that run it: a registry, and what they fetch from it.
package delivery

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// Registry is a registry in this process, on loopback, where clients need no TLS. Its blobs are files in a
// temporary directory.
type Registry struct {
	host   string
	dir    string
	server *http.Server
	done   chan struct{}
}

// Serve starts a registry. Each handler is wrapped around the one before.
func Serve(wrap ...func(http.Handler) http.Handler) (*Registry, error) {
	dir, err := os.MkdirTemp("", "compare-registry-")
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	silent := log.New(io.Discard, "", 0)
	handler := registry.New(registry.Logger(silent), registry.WithBlobHandler(registry.NewDiskBlobHandler(dir)))
	for _, w := range wrap {
		handler = w(handler)
	}
	r := &Registry{listener.Addr().String(), dir, &http.Server{Handler: handler, ErrorLog: silent}, make(chan struct{})}
	go func() {
		defer close(r.done)
		r.server.Serve(listener)
	}()
	return r, nil
}

// Reference returns what clients on this machine call an image: a repository and a tag, as in items:go.
func (r *Registry) Reference(image string) string { return r.host + "/" + image }

// Put puts an image into the registry.
func (r *Registry) Put(image string, content v1.Image) error {
	reference, err := name.ParseReference(r.Reference(image))
	if err != nil {
		return err
	}
	return remote.Write(reference, content)
}

// Image returns an image that was pushed.
func (r *Registry) Image(image string) (v1.Image, error) {
	reference, err := name.ParseReference(r.Reference(image))
	if err != nil {
		return nil, err
	}
	return remote.Image(reference)
}

// Close ends the registry and removes its blobs.
func (r *Registry) Close() error {
	err := r.server.Close()
	<-r.done
	return errors.Join(err, os.RemoveAll(r.dir))
}
