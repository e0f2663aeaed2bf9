package pgstore_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// TestMigrateAtOnce checks that of many who migrate one does, and that all succeed.
func TestMigrateAtOnce(t *testing.T) {
	server := start(t)
	for range 5 {
		url := server.Database()
		var wg sync.WaitGroup
		from := make(chan int, 8)
		for range cap(from) {
			wg.Go(func() {
				before, after, err := pgstore.Migrate(t.Context(), url, pgstore.Options{})
				if err != nil || after != 1 {
					t.Errorf("Migrate = %d, %d, %v", before, after, err)
				}
				from <- before
			})
		}
		wg.Wait()
		close(from)
		migrations := 0
		for before := range from {
			migrations += 1 - before
		}
		if migrations != 1 {
			t.Errorf("%d migrations say that they began at version 0", migrations)
		}
		if _, err := opened(t, url, pgstore.Options{}).Create(t.Context(), items.Draft{Name: "x"}); err != nil {
			t.Error(err)
		}
	}
}

// TestOtherSchema checks that a store says what is wrong with the schema, and goes on by
// itself when that is mended.
func TestOtherSchema(t *testing.T) {
	url := start(t).Database()
	s := opened(t, url, pgstore.Options{StatementTimeout: time.Hour}) // which no call waits for
	wantUnready := func(want error) {
		t.Helper()
		if err := s.Ready(t.Context()); !errors.Is(err, want) || !errors.Is(err, items.ErrUnavailable) {
			t.Errorf("Ready: %v, want %v", err, want)
		}
		if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); !errors.Is(err, want) || !errors.Is(err, items.ErrUnavailable) {
			t.Errorf("Create: %v, want %v", err, want)
		}
	}
	wantUnready(pgstore.ErrSchemaOlder)
	if _, _, err := pgstore.Migrate(t.Context(), url, pgstore.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready: %v", err)
	}

	exec(t, url, "INSERT INTO items_schema VALUES (2, now())")
	s = opened(t, url, pgstore.Options{StatementTimeout: time.Hour})
	wantUnready(pgstore.ErrSchemaNewer)
	if from, to, err := pgstore.Migrate(t.Context(), url, pgstore.Options{}); from != 2 || to != 2 || !errors.Is(err, pgstore.ErrSchemaNewer) {
		t.Errorf("Migrate = %d, %d, %v", from, to, err)
	}
}

// TestOtherTables checks that tables of another program's are told as that, and left alone.
func TestOtherTables(t *testing.T) {
	server := start(t)
	for name, sql := range map[string]string{
		"a table of items":     "CREATE TABLE items (id int)",
		"a table of versions":  "CREATE TABLE items_schema (id int)",
		"a version below 0":    "CREATE TABLE items_schema (version bigint PRIMARY KEY, applied_at timestamptz); INSERT INTO items_schema VALUES (-1, now())",
		"nothing but versions": "CREATE TABLE items_schema (version bigint PRIMARY KEY, applied_at timestamptz); INSERT INTO items_schema VALUES (1, now())",
	} {
		url := server.Database()
		exec(t, url, sql)
		from, to, err := pgstore.Migrate(t.Context(), url, pgstore.Options{})
		if from != to || from == 0 && !errors.Is(err, pgstore.ErrSchemaOther) {
			t.Errorf("%s: Migrate = %d, %d, %v", name, from, to, err)
		}
		s := opened(t, url, pgstore.Options{StatementTimeout: time.Hour})
		for call, err := range map[string]error{"Ready": s.Ready(t.Context()), "Get": get(t, s)} {
			if !errors.Is(err, items.ErrUnavailable) || pgstore.SchemaError(err) == nil {
				t.Errorf("%s: %s: %v", name, call, err)
			}
		}
	}
}

// TestNoRights checks that a user without rights is told as that, and that a store goes
// on by itself when they are granted.
func TestNoRights(t *testing.T) {
	url := migrated(t, start(t))
	exec(t, url, "DROP ROLE IF EXISTS weak; CREATE ROLE weak LOGIN")
	weak := strings.Replace(url, "items@", "weak@", 1)
	exec(t, url, "DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database()); END $$")
	if err := opened(t, weak, pgstore.Options{StatementTimeout: time.Hour}).Ready(t.Context()); !errors.Is(err, pgstore.ErrNoRights) {
		t.Errorf("Ready of a user who may not connect: %v", err)
	}
	exec(t, url, "DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO PUBLIC', current_database()); END $$")
	if _, _, err := pgstore.Migrate(t.Context(), weak, pgstore.Options{}); !errors.Is(err, pgstore.ErrNoRights) {
		t.Errorf("Migrate: %v", err)
	}
	s := opened(t, weak, pgstore.Options{StatementTimeout: time.Hour})
	for _, grant := range []string{"", "GRANT SELECT ON items_schema TO weak", "GRANT SELECT ON items_last TO weak"} {
		exec(t, url, grant)
		_, err := s.Create(t.Context(), items.Draft{Name: "x"})
		for call, err := range map[string]error{"Get": get(t, s), "Create": err} {
			if !errors.Is(err, pgstore.ErrNoRights) || !errors.Is(err, items.ErrUnavailable) {
				t.Errorf("%s after %q: %v", call, grant, err)
			}
		}
	}
	exec(t, url, "GRANT SELECT, INSERT, UPDATE, DELETE ON items, items_last, items_keys TO weak")
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
		t.Errorf("Create: %v", err)
	}
}

func get(t *testing.T, s *pgstore.Store) error {
	_, err := s.Get(t.Context(), 1)
	return err
}

// exec runs statements on a connection of their own.
func exec(t testing.TB, url, sql string) {
	t.Helper()
	conn, err := pgconn.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql).ReadAll(); err != nil {
		t.Fatal(err)
	}
}
