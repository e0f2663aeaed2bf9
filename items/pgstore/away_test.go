package pgstore_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync/atomic"
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
	s := opened(t, url, pgstore.Options{StatementTimeout: 2 * time.Second})
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
		ended, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Millisecond, cancel)
		if _, err := s.Get(ended, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("Get of a caller who went away: %v", err)
		}
		for name, call := range calls {
			if err := call(); !errors.Is(err, items.ErrUnavailable) {
				t.Errorf("%s without the database: %v", name, err)
			}
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

// listen accepts connections until the test ends, hands each over and closes it. It
// returns the url of a database there.
func listen(t *testing.T, each func(net.Conn)) (url string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			each(conn)
			conn.Close()
		}
	}()
	return "postgres://items@" + listener.Addr().String() + "/items?sslmode=disable"
}

// TestNoDatabase checks that who claims that a message of the largest length follows gets no
// memory for it.
func TestNoDatabase(t *testing.T) {
	url := listen(t, func(conn net.Conn) {
		fmt.Fprint(conn, "R\x3f\xff\xff\xff") // and a byte less than 1 GiB
	})
	s := opened(t, url, pgstore.Options{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := s.Ready(t.Context()); !errors.Is(err, items.ErrUnavailable) {
		t.Error(err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
		t.Errorf("Ready takes %d bytes of memory", got)
	}
}

// TestLongOutage checks that a call tries again for its time while the database has just
// gone, and once when it has been away for longer than that.
func TestLongOutage(t *testing.T) {
	const cancelRequest = 80877102
	var attempts atomic.Int64
	url := listen(t, func(conn net.Conn) {
		// The client asks to cancel what it sent, too, on a connection of its own:
		// https://www.postgresql.org/docs/current/protocol-message-formats.html
		var begin struct{ Length, Code uint32 }
		if err := binary.Read(conn, binary.BigEndian, &begin); err == nil && begin.Code != cancelRequest {
			attempts.Add(1)
		}
	})
	s := opened(t, url, pgstore.Options{StatementTimeout: 200 * time.Millisecond})
	get := func() error { _, err := s.Get(t.Context(), 1); return err }
	create := func() error { _, err := s.Create(t.Context(), items.Draft{Name: "x"}); return err }
	tries := func(call func() error) int64 {
		t.Helper()
		attempts.Store(0)
		if err := call(); !errors.Is(err, items.ErrUnavailable) {
			t.Error(err)
		}
		return attempts.Load()
	}
	if got := tries(get); got < 2 {
		t.Errorf("the first Get tries %d times, want more than once", got)
	}
	tries(get) // at the end of which the outage is as old as the time of a call
	tries(get) // and nothing of the calls before is under way
	ready := func() error { return s.Ready(t.Context()) }
	for name, call := range map[string]func() error{"Get": get, "Create": create, "Ready": ready} {
		if got := tries(call); got != 1 {
			t.Errorf("%s tries %d times, want once", name, got)
		}
	}
}
