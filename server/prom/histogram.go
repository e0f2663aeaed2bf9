package prom

import (
	"math"
	"slices"
	"sync"
)

// Histogram counts values by how large they are. [NewHistogram] makes one; it
// may be used by many goroutines at once.
type Histogram struct {
	bounds []float64

	mu     sync.Mutex
	counts []uint64 // of the values at most as large as the bound, but larger than the one before; the last is for the rest
	sum    float64
}

// NewHistogram returns a histogram with a bucket up to each of bounds, which
// ascend, and one for what is larger.
func NewHistogram(bounds ...float64) *Histogram {
	return &Histogram{bounds: bounds, counts: make([]uint64, len(bounds)+1)}
}

// Observe counts a value.
func (h *Histogram) Observe(value float64) {
	i, _ := slices.BinarySearch(h.bounds, value)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts[i]++
	h.sum += value
}

// Write adds the histogram's samples to a family that [Text.Histograms] has
// begun.
func (h *Histogram) Write(t *Text, name, labels string) {
	h.mu.Lock()
	counts, sum := slices.Clone(h.counts), h.sum
	h.mu.Unlock()
	separator := ","
	if labels == "" {
		separator = ""
	}
	total := uint64(0)
	for i, count := range counts {
		total += count
		bound := math.Inf(1)
		if i < len(h.bounds) {
			bound = h.bounds[i]
		}
		t.Sample(name+"_bucket", labels+separator+Labels("le", number(bound)), float64(total))
	}
	t.Sample(name+"_sum", labels, sum)
	t.Sample(name+"_count", labels, float64(total))
}

// Histograms begins a family of histograms.
func (t *Text) Histograms(name, help string) {
	t.Family(name, histogram, help)
}
