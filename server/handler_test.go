package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/multistage/server/logs"
	"example.com/multistage/server/ops"
)

// nowhere is a response whose header is used again, as net/http's is not.
type nowhere struct {
	header http.Header
	status int
	bytes  int
}

func (w *nowhere) Header() http.Header { return w.header }

func (w *nowhere) WriteHeader(status int) { w.status = status }

func (w *nowhere) Write(p []byte) (int, error) {
	w.bytes += len(p)
	return len(p), nil
}

// serveOften returns a function that lets all that a request passes through serve
// GET of a target, with all that is on unless it is set otherwise, and without
// what net/http does before and after.
func serveOften(tb testing.TB, target string) (serve func()) {
	tb.Helper()
	config, _ := defaults()
	lines := logs.NewWriter(io.Discard)
	tb.Cleanup(func() { lines.Close() })
	store := newStore(tb)
	log := newLogger(config, lines)
	h := newHandler(parts{
		config: config, store: store, backups: store, guard: newGuard(tb, plain), health: ops.NewHealth(store, log, nil),
		metrics: ops.NewMetrics(buildVersion()), log: log, access: newAccessLog(config, lines), conns: newConns(),
	})
	w := &nowhere{header: make(http.Header)}
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodGet, target, nil)
	return func() {
		clear(w.header)
		w.bytes = 0
		h.ServeHTTP(w, r)
		if w.status != http.StatusOK || w.bytes == 0 {
			tb.Fatalf("status %d, %d bytes", w.status, w.bytes)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	benchmark(b, "/api/items/1")
}

func BenchmarkList(b *testing.B) {
	benchmark(b, "/api/items")
}

func benchmark(b *testing.B, target string) {
	serve := serveOften(b, target)
	b.ReportAllocs()
	for b.Loop() {
		serve()
	}
}

// TestGetHasFewFields holds that the fields of a GET's header have room in a map as
// net/http makes it: it would have to grow, and the copy that is made of it too.
func TestGetHasFewFields(t *testing.T) {
	const room, byServer = 8, 2 // Date and Content-Length
	resp := newWorld(t, plain).send(t, request{method: http.MethodGet, target: "/api/items/1"})
	if resp.status != http.StatusOK || len(resp.header)-byServer > room {
		t.Errorf("status %d with %d fields, want at most %d: %v", resp.status, len(resp.header), room+byServer, resp.header)
	}
}
