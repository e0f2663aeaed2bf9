package policy

import "github.com/google/go-containerregistry/pkg/v1/types"

// ExpectedIndex is what an index should be.
type ExpectedIndex struct {
	MediaType   types.MediaType
	Platforms   []string // one for each image, such as "linux/arm64/v8"
	Annotations map[string]string
}
