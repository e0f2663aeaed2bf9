package result

import (
	"fmt"
	"strconv"
	"strings"
)

// Metric names the values of samples: those of one measure of a peer's work.
type Metric struct {
	Peer, Work, Measure string
	Items               int // 0 for work whose samples have none
}

// ParseMetric reads PEER:WORK.MEASURE, with @ITEMS at the end where the samples have items.
func ParseMetric(s string) (m Metric, err error) {
	rest, items, sized := strings.Cut(s, "@")
	if sized {
		if m.Items, err = strconv.Atoi(items); err != nil || m.Items < 1 {
			return m, fmt.Errorf("metric %q: %q is no number of items", s, items)
		}
	}
	var found bool
	if m.Peer, rest, found = strings.Cut(rest, ":"); found {
		m.Work, m.Measure, found = strings.Cut(rest, ".")
	}
	if !found || m.Peer == "" || m.Work == "" {
		return m, fmt.Errorf("metric %q is not like items:get.rate@10000", s)
	}
	if _, known := UnitOf(m.Measure); !known {
		return m, fmt.Errorf("metric %q: there is no measure %q", s, m.Measure)
	}
	return m, nil
}

func (m Metric) String() string {
	s := m.Peer + ":" + m.Work + "." + m.Measure
	if m.Items > 0 {
		s += "@" + strconv.Itoa(m.Items)
	}
	return s
}

// Values returns the metric's values by round.
func (r *Results) Values(m Metric) map[int]float64 {
	values := make(map[int]float64)
	for _, s := range r.samples(m) {
		if v, ok := s.Values[m.Measure]; ok {
			values[s.Round] = v
		}
	}
	return values
}

// Faulty returns how many requests of the metric's work got no response, or another status
// than 2xx, in all rounds.
func (r *Results) Faulty(m Metric) (n int) {
	for _, s := range r.samples(m) {
		n += int(s.Values["errors"] + s.Values["refused"])
	}
	return n
}

func (r *Results) samples(m Metric) (samples []Sample) {
	for _, s := range r.Samples {
		if s.Peer == m.Peer && s.Work == m.Work && s.Items == m.Items {
			samples = append(samples, s)
		}
	}
	return samples
}

// All returns the values of a measure in all samples that have it, numbered.
func (r *Results) All(measure string) map[int]float64 {
	values := make(map[int]float64)
	for i, s := range r.Samples {
		if v, ok := s.Values[measure]; ok {
			values[i] = v
		}
	}
	return values
}
