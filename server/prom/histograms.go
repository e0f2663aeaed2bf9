package prom

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// Histograms are histograms by the labels of their values. [NewHistograms] makes
// them; they may be used by many goroutines at once.
//
// L says what the labels are made of. Few of its values may occur, since each
// is kept for ever.
type Histograms[L Labelled] struct {
	bounds []float64

	mu sync.RWMutex
	by map[L]*Histogram
}

// Labelled is what a value is counted by.
type Labelled interface {
	comparable
	// Labels returns what [Labels] does.
	Labels() string
}

// NewHistograms returns histograms that have the same bounds each.
func NewHistograms[L Labelled](bounds ...float64) *Histograms[L] {
	return &Histograms[L]{bounds: bounds, by: make(map[L]*Histogram)}
}

// Observe counts a value.
func (h *Histograms[L]) Observe(by L, value float64) {
	h.mu.RLock()
	one := h.by[by]
	h.mu.RUnlock()
	if one == nil {
		one = h.add(by)
	}
	one.Observe(value)
}

func (h *Histograms[L]) add(by L) *Histogram {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.by[by] // another goroutine may have been first
	if one == nil {
		one = NewHistogram(h.bounds...)
		h.by[by] = one
	}
	return one
}

// Write adds the histograms to t as a family.
func (h *Histograms[L]) Write(t *Text, name, help string) {
	h.mu.RLock()
	by := maps.Clone(h.by)
	h.mu.RUnlock()
	t.Histograms(name, help)
	for _, labels := range slices.SortedFunc(maps.Keys(by), func(a, b L) int { return strings.Compare(a.Labels(), b.Labels()) }) {
		by[labels].Write(t, name, labels.Labels())
	}
}
