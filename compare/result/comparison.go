// Package result is what a comparison of images found, as docs/comparison.json has it.
package result

import "time"

// Comparison is images that were looked at, built and run on one machine.
type Comparison struct {
	Date     time.Time `json:"date"`
	Revision string    `json:"revision"` // of the source, with -dirty after a change
	Machine  Machine   `json:"machine"`
	Images   []Image   `json:"images"`
}

// Machine is what the measurements were taken on.
type Machine struct {
	CPU    string            `json:"cpu"`
	Cores  int               `json:"cores"`
	Memory int64             `json:"memory"` // bytes
	Tools  map[string]string `json:"tools"`  // versions by name: kernel, go, docker, bazel, ko
}

// Image is one of the images compared. Builds, Run and Hostile are missing where they were not asked for.
type Image struct {
	Name      string    `json:"name"`              // the variant's, or the reference
	About     string    `json:"about,omitempty"`   // how it is built, in a sentence
	Reference string    `json:"reference"`         // where the image was read from
	Command   string    `json:"command,omitempty"` // what builds it
	Notes     []string  `json:"notes,omitempty"`   // what a reader has to know, such as a base assembled locally
	Facts     Facts     `json:"facts"`
	Builds    []Build   `json:"builds,omitempty"`
	Run       *Run      `json:"run,omitempty"`
	Hostile   []Hostile `json:"hostile,omitempty"`
}
