package pgstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// failCommits makes the next commits of writes of items, as many as given, fail with a
// code once their rows were returned.
func failCommits(t *testing.T, url, code string, times int) {
	t.Helper()
	exec(t, url, fmt.Sprintf(`
		DROP SEQUENCE IF EXISTS tries;
		CREATE SEQUENCE tries;
		CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF nextval('tries') <= %d THEN RAISE EXCEPTION 'of the test' USING ERRCODE = '%s'; END IF;
			RETURN NULL;
		END $$;
		DROP TRIGGER IF EXISTS fail ON items;
		CREATE CONSTRAINT TRIGGER fail AFTER INSERT OR UPDATE OR DELETE ON items
			DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`, times, code))
}

// TestRetry checks that writes that the database undoes are done again, and once.
func TestRetry(t *testing.T) {
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{StatementTimeout: time.Minute})
	for n, code := range []string{"40001", "40P01", "55P03", "57014"} {
		failCommits(t, url, code, 2)
		created, err := s.CreateBatch(t.Context(), []items.Draft{{Name: "x"}, {Name: "y"}})
		if err != nil || len(created) != 2 || created[0].Name != "x" || created[1].ID != int64(2*n+2) {
			t.Fatalf("CreateBatch after %s: %+v, %v", code, created, err)
		}
		failCommits(t, url, code, 1)
		if item, err := s.Update(t.Context(), created[0].ID, 1, items.Draft{Name: "z"}); err != nil || item.Version != 2 {
			t.Errorf("Update after %s: %+v, %v", code, item, err)
		}
	}
}

// TestDiskFull checks that a database without room is a full store.
func TestDiskFull(t *testing.T) {
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{StatementTimeout: time.Minute})
	failCommits(t, url, "53100", 1)
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); !errors.Is(err, items.ErrFull) {
		t.Errorf("Create: %v", err)
	}
	failCommits(t, url, "23514", 1)
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err == nil || errors.Is(err, items.ErrFull) || errors.Is(err, items.ErrUnavailable) {
		t.Errorf("Create against a constraint: %v", err)
	}
}

// TestLostThenAway checks that a creation whose first attempt may have happened does not
// say that nothing did, when the next attempt finds no database.
func TestLostThenAway(t *testing.T) {
	server := start(t)
	url := migrated(t, server)
	s := opened(t, url, pgstore.Options{StatementTimeout: 2 * time.Second})
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	hold(t, url, lockRows)
	ended := make(chan error)
	go func() { ended <- writes(t.Context(), s)["CreateOnce"]() }()
	awaitBlocked(t, url, "1")
	server.Kill()
	if err := <-ended; err == nil || errors.Is(err, items.ErrUnavailable) {
		t.Errorf("CreateOnce: %v", err)
	}
	server.Start()
}
