package result

// Change is what happened to the source before a build.
type Change string

// The changes in the order of the tables.
const (
	Cold       Change = "cold"       // the caches of the builder are empty
	Warm       Change = "warm"       // nothing changed
	Go         Change = "go"         // one line of Go
	Page       Change = "page"       // one file of the home page
	Dependency Change = "dependency" // another version of one Go module
)

// Changes returns all of them.
func Changes() []Change { return []Change{Cold, Warm, Go, Page, Dependency} }

// About says what a change is.
func (c Change) About() string {
	switch c {
	case Cold:
		return "with empty caches; the base image, Bazel and ko are there already"
	case Warm:
		return "nothing changed since the build before"
	case Go:
		return "one line of Go changed"
	case Page:
		return "one line of a style sheet of the home page changed"
	case Dependency:
		return "another version of one Go module"
	}
	return string(c)
}

// Build is what it takes to build an image after a change, and to deliver it.
type Build struct {
	Change  Change   `json:"change"`
	Samples []Effort `json:"samples"`
	Pull    *Pull    `json:"pull,omitempty"` // not where nothing was delivered before
}

// Effort is what one build took.
type Effort struct {
	Seconds float64 `json:"seconds"`
	CPU     float64 `json:"cpu"` // seconds of the machine's processors that were not idle
}

// Pull is what a node fetches that has the image from before the change.
type Pull struct {
	Bytes  int64  `json:"bytes"`  // all blobs and the manifest
	Layers int    `json:"layers"` // how many of the blobs are layers
	Blobs  []Blob `json:"blobs"`
}

// Blob is content that a registry has under a digest.
type Blob struct {
	Kind   string `json:"kind"` // manifest, config or layer
	Digest string `json:"digest"`
	Bytes  int64  `json:"bytes"`
}
