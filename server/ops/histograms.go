package ops

import (
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// labels are the values of a metric's labels. Few values may occur, since each
// combination is kept for ever.
type labels interface {
	comparable
	// format returns the labels as in {name="value",...}.
	format() string
}

// histograms are the histograms of durations that have one name, one for each
// value of their labels.
type histograms[L labels] struct {
	set  *metrics.Set
	name string

	mu sync.RWMutex
	by map[L]*metrics.PrometheusHistogram
}

func newHistograms[L labels](set *metrics.Set, name string) *histograms[L] {
	return &histograms[L]{set: set, name: name, by: make(map[L]*metrics.PrometheusHistogram)}
}

// observe counts a duration.
func (h *histograms[L]) observe(l L, took time.Duration) {
	h.mu.RLock()
	histogram := h.by[l]
	h.mu.RUnlock()
	if histogram == nil {
		histogram = h.add(l)
	}
	histogram.Update(took.Seconds())
}

func (h *histograms[L]) add(l L) *metrics.PrometheusHistogram {
	h.mu.Lock()
	defer h.mu.Unlock()
	histogram := h.set.GetOrCreatePrometheusHistogramExt(h.name+l.format(), durationBounds())
	h.by[l] = histogram
	return histogram
}

// durationBounds are those of a service whose answers take from half a
// millisecond to the limits of a connection, in seconds.
func durationBounds() []float64 {
	return []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
}
