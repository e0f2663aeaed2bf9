package ops

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/server/route"
)

func TestHealth(t *testing.T) {
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	health := NewHealth(store, slog.New(slog.DiscardHandler), nil)
	h := route.New(Routes(health, Version{}))
	check := func(when string, ready int) {
		t.Helper()
		for path, want := range map[string]int{"/livez": 200, "/readyz": ready} {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
			if rec.Code != want || (rec.Header().Get("Retry-After") != "") != (want == 503) {
				t.Errorf("%s %s: %d %v, want %d", path, when, rec.Code, rec.Header(), want)
			}
		}
	}
	check("while it serves", 200)
	health.Drain()
	check("while it drains", 503)
	health.draining.Store(false)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Ready(t.Context()); !errors.Is(err, items.ErrClosed) {
		t.Fatal(err)
	}
	check("without a store", 503)
}

// TestUnready checks that of why a store is not ready a client hears what anyone may
// know, and the log all.
func TestUnready(t *testing.T) {
	for err, want := range map[error]string{
		errors.New("old: secret cause"):                      "The item store is not ready: run the migration.",
		fmt.Errorf("%w: secret cause", items.ErrUnavailable): "The item store can't be reached now.",
		errors.New("secret cause"):                           "The item store is not ready.",
	} {
		var log strings.Builder
		reason := func(err error) string {
			if strings.HasPrefix(err.Error(), "old") {
				return "run the migration"
			}
			return ""
		}
		h := route.New(Routes(NewHealth(unready{err: err}, slog.New(slog.NewTextHandler(&log, nil)), reason), Version{}))
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
		if rec.Code != 503 || !strings.Contains(rec.Body.String(), `"`+want+`"`) || !strings.Contains(log.String(), "secret cause") {
			t.Errorf("%v: %d %s, want %q; logged: %s", err, rec.Code, rec.Body, want, &log)
		}
	}
}

// unready is a store that can't serve, for a reason that can't be had of a real one at
// will.
type unready struct {
	items.Store
	err error
}

func (u unready) Ready(context.Context) error { return u.err }

func TestVersion(t *testing.T) {
	h := route.New(Routes(NewHealth(nil, nil, nil), Version{"v1.2.3", "abc", "go1"}))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/version", nil))
	const want = `{"version":"v1.2.3","revision":"abc","go":"go1"}` + "\n"
	if got := rec.Body.String(); got != want || rec.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%s %v, want %s", got, rec.Header(), want)
	}
}
