package pgstore_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// TestDatabaseAway checks that calls say that the database is away, and succeed again by
// themselves when it is back.
func TestDatabaseAway(t *testing.T) {
	server := start(t)
	url := migrated(t, server)
	s := opened(t, url, pgstore.Options{StatementTimeout: 300 * time.Millisecond})
	goroutines := 0
	for cycle := range 4 {
		calls := map[string]func() error{
			"Ready":  func() error { return s.Ready(t.Context()) },
			"Get":    func() error { _, err := s.Get(t.Context(), 1); return err },
			"Create": func() error { _, err := s.Create(t.Context(), items.Draft{Name: "x"}); return err },
			"CreateOnce": func() error {
				_, _, err := s.CreateOnce(t.Context(), "key", items.Draft{Name: "x"})
				return err
			},
			"Update": func() error {
				_, err := s.Update(t.Context(), 1, items.AnyVersion, items.Draft{Name: "x"})
				return err
			},
		}
		server.Stop()
		for name, call := range calls {
			if err := call(); !errors.Is(err, items.ErrUnavailable) {
				t.Errorf("%s without the database: %v", name, err)
			}
		}
		ended, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Millisecond, cancel)
		if _, err := s.Get(ended, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("Get of a caller who went away: %v", err)
		}
		server.Start()
		if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
			t.Errorf("Create when the database is back: %v", err)
		}
		for name, call := range calls {
			if err := call(); err != nil {
				t.Errorf("%s when the database is back: %v", name, err)
			}
		}
		if cycle == 0 {
			goroutines = runtime.NumGoroutine()
		}
	}
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > goroutines; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines after more cycles, %d after the first", runtime.NumGoroutine(), goroutines)
		}
	}
	if stats := s.Stats(); stats.InUse != 0 {
		t.Errorf("connections are still in use: %+v", stats)
	}
}
