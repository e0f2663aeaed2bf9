// Package variant builds the service's image in each of the ways that are compared, and measures what a build
// takes and what a node pulls afterwards.
package variant

import "context"

// Variant is one way from the source to an image.
type Variant struct {
	Name    string // in tables
	Image   string // in the local engine
	Command string // what a user types
	About   string // how the image is built, in a sentence
	builder builder
}

// All returns the variants in the order of the tables.
func All() []Variant {
	return []Variant{
		{"traditional", "golang-traditional", "docker build -t golang-traditional -f Dockerfile .",
			"a Dockerfile of one stage: the image holds the compiler, the source and what the compiler keeps, beside the program", dockerfile{"Dockerfile"}},
		{"multistage", "golang-multistage", "DOCKER_BUILDKIT=1 docker build -t golang-multistage -f Dockerfile.secure .",
			"a Dockerfile that compiles in one stage and copies the program alone into an empty image, `scratch`", dockerfile{"Dockerfile.secure"}},
		{"bazel", "items:latest", "./tools/bazel run //image:load",
			"the same image by [Bazel](https://bazel.build), a tool that does those steps of a build again whose inputs have changed, and its rules for images, rules_oci", bazel{}},
		{"ko", "items-ko", "KO_DOCKER_REPO=items-ko ko build --local --bare --ldflags='-s -w' ./server",
			"by [ko](https://ko.build), which makes images of programs in Go, without a Dockerfile", ko{}},
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
