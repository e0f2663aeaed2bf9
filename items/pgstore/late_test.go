package pgstore_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// hold takes the lock that statements need, until release.
func hold(t *testing.T, url, sql string) (release func()) {
	t.Helper()
	conn, err := pgconn.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	end := func() { conn.Close(context.Background()) }
	t.Cleanup(end)
	if _, err := conn.Exec(t.Context(), "BEGIN; "+sql).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return end
}

// awaitBlocked waits until n statements of the database wait for a lock.
func awaitBlocked(t *testing.T, url, n string) {
	t.Helper()
	exec(t, url, `DO $$ BEGIN
		WHILE (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') <> `+n+` LOOP
			PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot();
		END LOOP; END $$`)
}

// lockRows keeps all that write from the rows that they need. To lock tables would keep
// new connections from preparing their statements.
const lockRows = "SELECT FROM items FOR UPDATE; SELECT FROM items_last FOR UPDATE"

// writes are the calls that change something.
func writes(ctx context.Context, s *pgstore.Store) map[string]func() error {
	draft := items.Draft{Name: "new"}
	return map[string]func() error{
		"Create": func() error { _, err := s.Create(ctx, draft); return err },
		"CreateOnce": func() error {
			_, _, err := s.CreateOnce(ctx, "key", draft)
			return err
		},
		"Update":   func() error { _, err := s.Update(ctx, 1, items.AnyVersion, draft); return err },
		"Delete":   func() error { return s.Delete(ctx, 1, items.AnyVersion) },
		"PutItems": func() error { return s.PutItems(ctx, []items.Item{items.New(9, draft, time.Now())}) },
	}
}

// TestLateWrite checks that a write that ran out of time once it was sent says neither
// that nothing happened, nor whose time it was.
func TestLateWrite(t *testing.T) {
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{StatementTimeout: 400 * time.Millisecond})
	if _, err := s.Create(t.Context(), items.Draft{Name: "old"}); err != nil {
		t.Fatal(err)
	}
	wantUnknown := func(name string, err error) {
		t.Helper()
		if answer, ok := errors.AsType[*pgconn.PgError](err); ok && answer.Code == "57014" {
			return // the database was the first to give up, and says that nothing happened
		}
		for _, known := range []error{nil, items.ErrUnavailable, context.Canceled, context.DeadlineExceeded} {
			if errors.Is(err, known) {
				t.Errorf("%s, late: %v", name, err)
			}
		}
	}
	release := hold(t, url, lockRows)
	for name, call := range writes(t.Context(), s) {
		wantUnknown(name, call())
	}
	awaitBlocked(t, url, "0") // the database has given up what nobody waits for
	for _, name := range []string{"Update", "Delete"} {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- writes(ctx, s)[name]() }()
		awaitBlocked(t, url, "1")
		cancel()
		wantUnknown(name+", canceled", <-ended)
		awaitBlocked(t, url, "0")
	}
	release()
	if item, err := s.Get(t.Context(), 1); err != nil || item.Version != 1 {
		t.Errorf("Get: %+v, %v", item, err)
	}
}

// TestCallerLeaves checks that a caller who goes away takes one connection along, and not
// all of them.
func TestCallerLeaves(t *testing.T) {
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{StatementTimeout: time.Minute})
	if _, err := s.Create(t.Context(), items.Draft{Name: "old"}); err != nil {
		t.Fatal(err)
	}
	release := hold(t, url, lockRows)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- writes(ctx, s)["Update"]() }()
	go func() { ended <- writes(t.Context(), s)["Update"]() }()
	awaitBlocked(t, url, "2")
	cancel()
	if err := <-ended; err == nil {
		t.Error("Update of a caller who went away succeeds")
	}
	release()
	if err := <-ended; err != nil {
		t.Errorf("Update of the other one: %v", err)
	}
	if stats := s.Stats(); stats.Idle != 1 {
		t.Errorf("the connection of the other one is gone: %+v", stats)
	}
}

// TestWaitingLeaves checks that a creation that waits behind another one is not made once
// its caller went away.
func TestWaitingLeaves(t *testing.T) {
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{StatementTimeout: time.Minute})
	release := hold(t, url, lockRows)
	ended := make(chan error)
	go func() { ended <- writes(t.Context(), s)["Create"]() }()
	awaitBlocked(t, url, "1")
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if err := writes(ctx, s)["Create"](); !errors.Is(err, context.Canceled) {
		t.Errorf("Create of a caller who went away: %v", err)
	}
	release()
	if err := <-ended; err != nil {
		t.Errorf("Create of the other one: %v", err)
	}
	if id, err := s.LastID(t.Context()); id != 1 || err != nil {
		t.Errorf("the last id is %d, %v", id, err)
	}
}

// TestGivesUp checks that the database is told when to give up a statement: a store that
// is gone can't tell it.
func TestGivesUp(t *testing.T) {
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{StatementTimeout: 1500 * time.Millisecond})
	// What connections of the store have set, a function that they run sees.
	exec(t, url, `CREATE TABLE seen (timeout text);
		CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('statement_timeout')); RETURN new; END $$;
		CREATE TRIGGER see AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION see()`)
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
		t.Fatal(err)
	}
	exec(t, url, "DO $$ BEGIN ASSERT (SELECT timeout = '1350ms' FROM seen), (SELECT timeout FROM seen); END $$")
}

// TestSilentDatabase checks that creations to a database that says nothing any more are
// given up, and their connection with them.
func TestSilentDatabase(t *testing.T) {
	server := start(t)
	s := opened(t, migrated(t, server), pgstore.Options{StatementTimeout: 2 * time.Second})
	draft := items.Draft{Name: "x"}
	if _, err := s.Create(t.Context(), draft); err != nil {
		t.Fatal(err)
	}
	server.Signal(syscall.SIGSTOP)
	t.Cleanup(func() { server.Signal(syscall.SIGCONT) })
	if _, err := s.Create(t.Context(), draft); err == nil || errors.Is(err, items.ErrUnavailable) {
		t.Errorf("Create: %v, want that its outcome is unknown", err)
	}
	for deadline := time.Now().Add(10 * time.Second); s.Stats().InUse > 0; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("the creators still wait")
		}
	}
	server.Signal(syscall.SIGCONT)
	if _, err := s.Create(t.Context(), draft); err != nil {
		t.Errorf("Create when the database goes on: %v", err)
	}
}

// TestPanic checks that a panic costs the calls that it was in, and neither the process
// nor a connection.
func TestPanic(t *testing.T) {
	panics := true
	s := opened(t, migrated(t, start(t)), pgstore.Options{MaxConns: 1, Committed: func(int, time.Duration) {
		if panics {
			panics = false
			panic("of the test")
		}
	}})
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err == nil || !strings.Contains(err.Error(), "of the test") {
		t.Errorf("Create: %v, want the panic", err)
	}
	if item, err := s.Create(t.Context(), items.Draft{Name: "y"}); err != nil || item.ID != 2 {
		t.Errorf("Create after it: %+v, %v", item, err)
	}
}

// TestClockGoesBack checks that an item is never older than it was.
func TestClockGoesBack(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s := opened(t, migrated(t, start(t)), pgstore.Options{Now: func() time.Time { return now }})
	made, err := s.Create(t.Context(), items.Draft{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(-time.Hour)
	item, err := s.Update(t.Context(), made.ID, made.Version, items.Draft{Name: "y"})
	if err != nil || item.Version != 2 || !item.UpdatedAt.Equal(made.UpdatedAt) {
		t.Errorf("Update: %+v, %v, want it at %v", item, err, made.UpdatedAt)
	}
}

// TestNoIDLeft checks what creations say when the last id is assigned.
func TestNoIDLeft(t *testing.T) {
	s := opened(t, migrated(t, start(t)), pgstore.Options{})
	if err := s.RaiseLastID(t.Context(), items.MaxID-1); err != nil {
		t.Fatal(err)
	}
	for _, want := range []error{nil, items.ErrFull} {
		if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); !errors.Is(err, want) {
			t.Errorf("Create: %v, want %v", err, want)
		}
	}
	if _, _, err := s.CreateOnce(t.Context(), "key", items.Draft{Name: "x"}); !errors.Is(err, items.ErrFull) {
		t.Errorf("CreateOnce: %v", err)
	}
}
