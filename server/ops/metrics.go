package ops

import (
	"net/http"
	"sync/atomic"
	"time"

	"example.com/multistage/server/prom"
)

// Metrics counts what the service does. [NewMetrics] makes one; all methods may
// be called from many goroutines at once.
type Metrics struct {
	version    Version
	start      time.Time
	requests   *prom.Histograms[request]
	inFlight   atomic.Int64
	operations *prom.Histograms[operation]
	writes     *prom.Histogram
	commits    *prom.Histogram
	database   func() (DatabaseSize, error) // nil where there is no file
	pool       func() Pool                  // nil where there is no database elsewhere
	shed       func() int64                 // nil where nothing is shed
}

// NewMetrics returns the metrics of a service of the given version.
func NewMetrics(version Version) *Metrics {
	// From half a millisecond to the limits of a connection, in seconds.
	durations := []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	return &Metrics{
		version:    version,
		start:      time.Now(),
		requests:   prom.NewHistograms[request](durations...),
		operations: prom.NewHistograms[operation](durations...),
		writes:     prom.NewHistogram(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024),
		commits:    prom.NewHistogram(durations...),
	}
}

// Begin counts a request that has come.
func (m *Metrics) Begin() {
	m.inFlight.Add(1)
}

// End counts a request that has ended, see [wrap.Meter].
func (m *Metrics) End(method, route string, status int, took time.Duration) {
	m.inFlight.Add(-1)
	m.requests.Observe(newRequest(method, route, status), took.Seconds())
}

// WatchShed lets m tell how many requests were turned away for too many others,
// which shed returns at each look. It is called before m serves.
func (m *Metrics) WatchShed(shed func() int64) {
	m.shed = shed
}

// Committed counts a commit of the store: how many writes it made durable, and
// how long it took.
func (m *Metrics) Committed(writes int, took time.Duration) {
	m.writes.Observe(float64(writes))
	m.commits.Observe(took.Seconds())
}

// ServeHTTP serves GET /metrics. All of the service's own are told here, in base
// units; writeRuntime and writeProcess have the others.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	t := new(prom.Text)
	t.Family("items_build_info", prom.Gauge, "Always 1; its labels say what the binary was built from.")
	t.Sample("items_build_info", prom.Labels("version", m.version.Version, "revision", m.version.Revision, "go", m.version.Go), 1)
	m.requests.Write(t, "items_http_request_duration_seconds",
		"From a request's header to the end of its response, by method, route's pattern and status.")
	t.Single("items_http_requests_in_flight", prom.Gauge, "Requests that have come and are not answered to their end.",
		float64(m.inFlight.Load()))
	if m.shed != nil {
		t.Single("items_http_requests_shed_total", prom.Counter,
			"Requests answered with 503 because as many as -max-in-flight were in flight.", float64(m.shed()))
	}
	m.operations.Write(t, "items_store_operation_duration_seconds", "Operations of the item store, by operation and outcome.")
	t.Histograms("items_store_commit_writes", "Writes that one commit made durable together.")
	m.writes.Write(t, "items_store_commit_writes", "")
	t.Histograms("items_store_commit_duration_seconds", "Commits of the database, until they were durable.")
	m.commits.Write(t, "items_store_commit_duration_seconds", "")
	m.writeDatabase(t)
	m.writePool(t)
	writeRuntime(t)
	writeProcess(t, m.start)

	w.Header().Set("Content-Type", prom.ContentType)
	w.Header().Set("Cache-Control", "no-store")
	w.Write(t.Bytes())
}
