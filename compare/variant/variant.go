// Package variant builds the service's image in each of the ways that are compared, and measures what a build
// takes and what a node pulls afterwards.
package variant

import "context"

// Variant is one way from the source to an image.
type Variant struct {
	Name    string // in tables
	Image   string // in the local engine
	Command string // what a user types
	builder builder
}

// All returns the variants in the order of the tables.
func All() []Variant {
	return []Variant{
		{"traditional", "golang-traditional", "docker build -t golang-traditional -f Dockerfile .", dockerfile{"Dockerfile"}},
		{"multistage", "golang-multistage", "docker build -t golang-multistage -f Dockerfile.secure .", dockerfile{"Dockerfile.secure"}},
		{"bazel", "items:latest", "./tools/bazel run //image:load", bazel{}},
		{"ko", "items-ko", "KO_DOCKER_REPO=items-ko ko build --local --bare --ldflags='-s -w' ./server", ko{}},
	}
}

// builder is how a variant is built.
type builder interface {
	// build builds the place's image from its source, into the engine. Cold, the builder takes nothing from a
	// cache; the place's caches are empty then.
	build(ctx context.Context, p *place, cold bool) error
	// push pushes the image that was built last into the place's registry, as users of the builder do.
	push(ctx context.Context, p *place, pushed string) error
	// leave ends what the builder has started and removes what it has made beside the image. Nothing may be
	// there yet.
	leave(ctx context.Context, p *place) error
	// notes is what a reader has to know.
	notes(ctx context.Context, p *place) ([]string, error)
}
