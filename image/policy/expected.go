package policy

import "github.com/google/go-containerregistry/pkg/v1/types"

// Expected is what an image should be. What is not set here, the image should not
// have.
type Expected struct {
	MediaType types.MediaType // of the manifest
	Platform  string          // such as "linux/arm64/v8"

	User         string // numeric, as "UID:GID"
	Env          []string
	Entrypoint   []string
	Cmd          []string
	WorkingDir   string
	ExposedPorts []string
	Volumes      []string
	// Healthcheck is in Docker's form, such as "CMD", "/server", "healthcheck".
	// OCI's image configuration has no field for it, but BuildKit writes it there:
	// https://github.com/moby/docker-image-spec/blob/main/spec.md
	Healthcheck []string

	Labels      map[string]string
	Annotations map[string]string // of the manifest

	// Layers lists the files of each layer, as File.String has them.
	Layers [][]string
	Build  Build // of the program that the entrypoint starts
	Budget Budget
}
