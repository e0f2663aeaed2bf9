package ops

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// readyTimeout bounds what /readyz waits for the store.
const readyTimeout = time.Second

// Health tells whether the service takes requests. [NewHealth] makes one.
type Health struct {
	store    items.Store
	log      *slog.Logger
	reason   func(error) string
	draining atomic.Bool
}

// NewHealth returns the health of a service on store. The reasons for which the
// store is not ready are logged to log, and kept from the client but for what reason,
// where it is not nil, says that anyone may know.
func NewHealth(store items.Store, log *slog.Logger, reason func(error) string) *Health {
	return &Health{store: store, log: log, reason: reason}
}

// Drain makes the service report from now on that it takes no new requests.
func (h *Health) Drain() {
	h.draining.Store(true)
}

// Draining reports whether Drain was called.
func (h *Health) Draining() bool {
	return h.draining.Load()
}

// serveReady serves GET /readyz: 200 when the service takes requests, else 503.
func (h *Health) serveReady(w http.ResponseWriter, r *http.Request) {
	if h.draining.Load() {
		notReady(w, "The service is draining: it takes no new requests.")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	if err := h.store.Ready(ctx); err != nil {
		h.log.Warn("the item store is not ready", "error", err)
		notReady(w, h.detail(err))
		return
	}
	ok(w)
}

// detail returns what a client hears of an error of the store.
func (h *Health) detail(err error) string {
	if h.reason != nil {
		if reason := h.reason(err); reason != "" {
			return "The item store is not ready: " + reason + "."
		}
	}
	if errors.Is(err, items.ErrUnavailable) {
		return "The item store can't be reached now."
	}
	return "The item store is not ready."
}

// serveLive serves GET /livez: 200 as long as the process answers at all. It
// asks nothing of the store, since a restart would not mend one that is away.
func serveLive(w http.ResponseWriter, _ *http.Request) {
	ok(w)
}

func ok(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	io.WriteString(w, "ok\n")
}

func notReady(w http.ResponseWriter, detail string) {
	w.Header().Set("Retry-After", "1") // seconds
	problem.Write(w, problem.Problem{Status: http.StatusServiceUnavailable, Detail: detail})
}
