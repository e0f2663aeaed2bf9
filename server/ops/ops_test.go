package ops

import (
	"errors"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
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
	health := NewHealth(store, slog.New(slog.DiscardHandler))
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

func TestVersion(t *testing.T) {
	h := route.New(Routes(NewHealth(nil, nil), Version{"v1.2.3", "abc", "go1"}))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/version", nil))
	const want = `{"version":"v1.2.3","revision":"abc","go":"go1"}` + "\n"
	if got := rec.Body.String(); got != want || rec.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%s %v, want %s", got, rec.Header(), want)
	}
}
