package ops

import (
	"bytes"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Metrics counts what the service does. [NewMetrics] makes one; all methods may
// be called from many goroutines at once.
type Metrics struct {
	set        *metrics.Set
	requests   *histograms[request]
	inFlight   atomic.Int64
	shed       *metrics.Counter
	operations *histograms[operation]
	writes     *metrics.PrometheusHistogram
	commits    *metrics.PrometheusHistogram
}

// NewMetrics returns the metrics of a service of the given version.
func NewMetrics(version Version) *Metrics {
	// The library's only switch, for all of a process: it says the type of each
	// metric, which those of Go and the process have nowhere else.
	metrics.ExposeMetadata(true)
	set := metrics.NewSet()
	m := &Metrics{
		set:        set,
		requests:   newHistograms[request](set, requestDuration),
		shed:       set.NewCounter(requestsShed),
		operations: newHistograms[operation](set, operationDuration),
		writes:     set.NewPrometheusHistogramExt(commitWrites, metrics.ExponentialBuckets(1, 2, 11)), // to 1,024
		commits:    set.NewPrometheusHistogramExt(commitDuration, durationBounds()),
	}
	set.NewGauge(requestsInFlight, func() float64 { return float64(m.inFlight.Load()) })
	set.NewGauge(fmt.Sprintf("%s{version=%q,revision=%q,go=%q}", buildInfo, version.Version, version.Revision, version.Go),
		func() float64 { return 1 })
	return m
}

// Begin counts a request that has come.
func (m *Metrics) Begin() {
	m.inFlight.Add(1)
}

// End counts a request that has ended, see [wrap.Meter].
func (m *Metrics) End(method, route string, status int, took time.Duration) {
	m.inFlight.Add(-1)
	m.requests.observe(newRequest(method, route, status), took)
}

// Shed counts a request that was turned away for too many others.
func (m *Metrics) Shed() {
	m.shed.Inc()
}

// Committed counts a commit of the store: how many writes it made durable, and
// how long it took.
func (m *Metrics) Committed(writes int, took time.Duration) {
	m.writes.Update(float64(writes))
	m.commits.Update(took.Seconds())
}

// ServeHTTP serves GET /metrics, in the text format of Prometheus:
// https://prometheus.io/docs/instrumenting/exposition_formats/
func (m *Metrics) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	var text bytes.Buffer
	m.set.WritePrometheus(&text)
	metrics.WriteGoMetrics(&text)
	metrics.WriteProcMetrics(&text)
	metrics.WriteFDMetrics(&text)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Write(withHelp(text.Bytes()))
}
