package ops

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/server/route"
	"example.com/multistage/server/wrap"
)

// scrape returns what m exposes.
func scrape(t *testing.T, m *Metrics) (exposition, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	m.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if got := rec.Header().Get("Content-Type"); got != "text/plain; version=0.0.4; charset=utf-8" {
		t.Errorf("Content-Type: %s", got)
	}
	return parse(t, rec.Body.String()), rec.Body.String()
}

// TestRequestMetrics checks that requests are counted by what a client can't
// make up: a route's pattern and a known method.
func TestRequestMetrics(t *testing.T) {
	m := NewMetrics(Version{"v1", "abc", "go1"})
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		e, _ := scrape(t, m)
		e.want(t, map[string]float64{"items_http_requests_in_flight": 1})
		io.WriteString(w, "x")
	})
	cut := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	h := wrap.Measure(m)(route.New([]route.Route{{Method: "GET", Path: "/api/items/{id}", Handler: answer}, {Method: "GET", Path: "/cut", Handler: cut}}))
	for _, request := range []string{"GET /api/items/1", "GET /api/items/2", "GET /nope/xyz", "BREW /nope/xyz", "PUT /api/items/1", "GET /cut"} {
		method, path, _ := strings.Cut(request, " ")
		func() {
			defer func() { recover() }() // as net/http does
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), method, path, nil))
		}()
	}
	m.WatchShed(func() int64 { return 1 })

	e, text := scrape(t, m)
	count := func(method, route, status string) string {
		return fmt.Sprintf("items_http_request_duration_seconds_count{method=%q,route=%q,status=%q}", method, route, status)
	}
	e.want(t, map[string]float64{
		count("GET", "/api/items/{id}", "200"): 2,
		count("PUT", "/api/items/{id}", "405"): 1,
		count("GET", "other", "404"):           1,
		count("other", "other", "404"):         1,
		count("GET", "/cut", "aborted"):        1,
		`items_http_request_duration_seconds_bucket{method="GET",route="/api/items/{id}",status="200",le="+Inf"}`: 2,
		"items_http_requests_in_flight":                          0,
		"items_http_requests_shed_total":                         1,
		`items_build_info{version="v1",revision="abc",go="go1"}`: 1,
	})
	for _, raw := range []string{"/api/items/1", "nope", "BREW"} {
		if strings.Contains(text, raw) {
			t.Errorf("%s is in the exposition", raw)
		}
	}
}

// TestStoreMetrics checks that operations of a store are counted, and that what
// they return goes through.
func TestStoreMetrics(t *testing.T) {
	m := NewMetrics(Version{})
	under, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer under.Close()
	store := m.Store(under)
	item, err := store.Create(t.Context(), items.Draft{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := store.Get(t.Context(), item.ID); err != nil || got != item {
		t.Errorf("%+v, %v; want %+v", got, err, item)
	}
	if _, err := store.Get(t.Context(), 99); !errors.Is(err, items.ErrNotFound) {
		t.Error(err)
	}
	if _, replayed, err := store.CreateOnce(t.Context(), "key", items.Draft{Name: "y"}); replayed || err != nil {
		t.Error(replayed, err)
	}
	if batch, err := store.CreateBatch(t.Context(), []items.Draft{{Name: "z"}}); len(batch) != 1 || err != nil {
		t.Error(batch, err)
	}
	if page, err := store.List(t.Context(), items.Query{Limit: 10}); len(page.Items) != 3 || err != nil {
		t.Error(page, err)
	}
	if got, err := store.Update(t.Context(), item.ID, item.Version, items.Draft{Name: "new"}); got.Name != "new" || err != nil {
		t.Error(got, err)
	}
	if err := store.Delete(t.Context(), item.ID, item.Version); !errors.Is(err, items.ErrVersion) {
		t.Error(err)
	}
	if err := store.Ready(t.Context()); err != nil {
		t.Error(err)
	}

	e, _ := scrape(t, m)
	want := make(map[string]float64)
	for _, labels := range []string{"create ok", "get ok", "get not_found", "create_once ok", "create_batch ok", "list ok", "update ok", "delete version"} {
		name, outcome, _ := strings.Cut(labels, " ")
		want[fmt.Sprintf("items_store_operation_duration_seconds_count{operation=%q,outcome=%q}", name, outcome)] = 1
	}
	e.want(t, want)
}

func TestOutcome(t *testing.T) {
	for want, err := range map[string]error{
		"ok": nil, "invalid": items.Draft{}.Validate(), "full": fmt.Errorf("%w: x", items.ErrFull),
		"not_found": items.ErrNotFound, "closed": items.ErrClosed, "error": errors.New("x"),
		"version": items.ErrVersion, "key_reused": items.ErrKeyReused, "key_running": items.ErrKeyRunning,
		"unavailable": fmt.Errorf("%w: x", items.ErrUnavailable), "canceled": context.Canceled, "timeout": context.DeadlineExceeded,
	} {
		if got := outcome(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}

func TestCommitMetrics(t *testing.T) {
	m := NewMetrics(Version{})
	m.Committed(3, 2*time.Millisecond)
	m.Committed(1024, time.Second)
	e, _ := scrape(t, m)
	e.want(t, map[string]float64{
		`items_store_commit_writes_bucket{le="2"}`:                0,
		`items_store_commit_writes_bucket{le="4"}`:                1,
		`items_store_commit_writes_bucket{le="1024"}`:             2,
		`items_store_commit_writes_sum`:                           1027,
		`items_store_commit_duration_seconds_bucket{le="0.001"}`:  0,
		`items_store_commit_duration_seconds_bucket{le="0.0025"}`: 1,
		`items_store_commit_duration_seconds_count`:               2,
	})
}

// TestPoolMetrics checks that the connections to a database are told, and that without
// one, and without a file, nothing is told of either.
func TestPoolMetrics(t *testing.T) {
	m := NewMetrics(Version{})
	if _, text := scrape(t, m); strings.Contains(text, "items_store_connection") || strings.Contains(text, "items_database") {
		t.Errorf("told without a database:\n%s", text)
	}
	m.WatchPool(func() Pool { return Pool{InUse: 3, Idle: 4, Max: 32, Waits: 5, WaitTime: 1500 * time.Millisecond} })
	e, _ := scrape(t, m)
	e.want(t, map[string]float64{
		"items_store_connections_in_use":            3,
		"items_store_connections_idle":              4,
		"items_store_connections_max":               32,
		"items_store_connection_waits_total":        5,
		"items_store_connection_wait_seconds_total": 1.5,
	})
}

// TestMetricsTellWhatTheyAre checks that each family of the service has a help,
// and that Go and the process are among the families.
func TestMetricsTellWhatTheyAre(t *testing.T) {
	m := NewMetrics(Version{})
	m.End("GET", "/", 200, time.Millisecond)
	m.WatchPool(func() Pool { return Pool{} })
	m.operations.Observe(operation{"get", "ok"}, .001)
	e, _ := scrape(t, m)
	for name := range e.types {
		if e.helps[name] == "" {
			t.Errorf("%s has no help", name)
		}
	}
	for _, name := range []string{"go_goroutines", "go_memstats_heap_inuse_bytes", "process_cpu_seconds_total", "process_open_fds"} {
		if e.types[name] == "" {
			t.Errorf("no %s", name)
		}
	}
}
