package copier

import (
	"errors"
	"strings"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
	"example.com/multistage/items/pgstore/pgtest"
)

// startDatabase starts a PostgreSQL server for the test.
func startDatabase(t testing.TB) *pgtest.Server {
	t.Helper()
	server := pgtest.New(t)
	server.Primary()
	return server
}

// newDatabase opens a store on a new database, which the test closes. It makes one call
// at a time, as the copy command does.
func newDatabase(t testing.TB, server *pgtest.Server) store {
	t.Helper()
	url := server.Database()
	if _, _, err := pgstore.Migrate(t.Context(), url, pgstore.Options{}); err != nil {
		t.Fatal(err)
	}
	return openDatabase(t, url)
}

func openDatabase(t testing.TB, url string) store {
	t.Helper()
	s, err := pgstore.Open(url, pgstore.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestDatabase(t *testing.T) {
	server := startDatabase(t)
	t.Run("engines", func(t *testing.T) { testEngines(t, server) })
	t.Run("lost connections", func(t *testing.T) { testLostConnections(t, server) })
	t.Run("no schema", func(t *testing.T) { testNoSchema(t, server) })
}

// testEngines copies from each engine to each, at once and after it was broken.
func testEngines(t *testing.T, server *pgtest.Server) {
	engines := map[string]func(testing.TB) store{
		"file":     func(t testing.TB) store { return newStore(t) },
		"database": func(t testing.TB) store { return newDatabase(t, server) },
	}
	for fromName, newFrom := range engines {
		for toName, newTo := range engines {
			t.Run(fromName+" to "+toName, func(t *testing.T) {
				from := newFrom(t)
				all := fill(t, from, 400)
				to := newTo(t)
				got, err := Copy(t.Context(), from, to, Options{})
				if want := (Result{Copied: len(all), ID: all[len(all)-1].ID, LastID: lastOf(all), Sum: sumOf(all)}); err != nil || got != want {
					t.Fatalf("Copy = %+v, %v; want %+v", got, err, want)
				}
				wantCopy(t, to, all)
				for _, stores := range []bool{false, true} {
					to := &meddler{store: newTo(t)}
					to.breakAt(t, 2, stores)
					wantBroken(t, from, to, true)
					wantResumed(t, from, to.store, len(content(t, to)), all)
				}
			})
		}
	}
}

// testLostConnections holds that a copy whose database cuts its connections off ends or
// goes on, and that nothing is lost or there twice.
func testLostConnections(t *testing.T, server *pgtest.Server) {
	from, all := source(t, 400)
	to := &meddler{store: newDatabase(t, server)}
	calls := 0
	to.put = func(page []items.Item) error {
		if calls++; calls%2 == 0 { // not each, so that each copy gets on
			server.Query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'")
		}
		return to.store.PutItems(t.Context(), page)
	}
	for try := 0; ; try++ {
		got, err := Copy(t.Context(), from, to, Options{Resume: true})
		if err == nil {
			break
		}
		t.Logf("%+v, %v", got, err)
		if try > 2*pages(t, from) {
			t.Fatal("it does not get on")
		}
	}
	wantCopy(t, to, all)
}

// testNoSchema holds that a database without the schema is told with its remedy.
func testNoSchema(t *testing.T, server *pgtest.Server) {
	from, _ := source(t, 10)
	to := openDatabase(t, server.Database())
	got, err := Copy(t.Context(), from, to, Options{})
	if err == nil || errors.Is(err, ErrNotEmpty) || !strings.Contains(err.Error(), "server migrate") {
		t.Errorf("Copy = %+v, %v", got, err)
	}
}
