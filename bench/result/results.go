// Package result is what the bench has measured: raw samples, and what is said of them.
package result

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// Results are all samples of one run of the bench, and what it ran on.
type Results struct {
	Date     time.Time `json:"date"`
	Revision string    `json:"revision"` // of the service's source, with -dirty after a change
	Machine  Machine   `json:"machine"`
	Settings Settings  `json:"settings"`
	Works    []Work    `json:"works"`
	Peers    []Peer    `json:"peers"`
	Samples  []Sample  `json:"samples"`
}

// Machine is what the bench ran on.
type Machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory int64  `json:"memory"` // bytes
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
	Disk   string `json:"disk"` // under the data
}

// Settings say how long and how often the bench measured.
type Settings struct {
	Rounds   int     `json:"rounds"`
	Duration float64 `json:"duration"` // of one measurement, in seconds
	WarmUp   float64 `json:"warm_up"`  // before it, in seconds
	Items    []int   `json:"items"`
	// Planned is how many rounds it should have been where the run was ended before, else 0.
	Planned int `json:"planned,omitempty"`
}

// Work is what services did under measurement.
type Work struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// Peer is a service that was measured.
type Peer struct {
	Name  string `json:"name"`
	About string `json:"about"`
	// MaxItems is the most items that it is measured with, 0 for no bound.
	MaxItems int `json:"max_items,omitempty"`
}

// Sample is what one measurement found.
type Sample struct {
	// Round is 1 for the first, and 0 for what is measured once.
	Round int    `json:"round"`
	Peer  string `json:"peer"`
	// Items is how many were stored before, 0 where that makes no difference.
	Items int    `json:"items"`
	Work  string `json:"work"`
	// Values are in the units of Measures. One that can't be had is not there.
	Values map[string]float64 `json:"values"`
}

// Read reads the results of a JSON file.
func Read(path string) (*Results, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &Results{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// JSON returns the results with a sample on each line.
func (r *Results) JSON() ([]byte, error) {
	head := *r
	head.Samples = nil
	text, err := json.MarshalIndent(head, "", "  ")
	if err != nil {
		return nil, err
	}
	const none = "null\n}"
	text = append(text[:len(text)-len(none)], '[')
	for i, s := range r.Samples {
		line, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(text, "\n    "...), line...)
	}
	return append(text, "\n  ]\n}\n"...), nil
}
