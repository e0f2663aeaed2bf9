package pgstore_test

import (
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
	"example.com/multistage/items/pgstore/pgtest"
	"example.com/multistage/items/storetest"
)

func TestContract(t *testing.T) {
	server := start(t)
	storetest.Run(t, func(t *testing.T) storetest.Opener {
		url := migrated(t, server)
		return func(t *testing.T) items.Store { return open(t, url, pgstore.Options{MaxConns: 4}) }
	})
}

func TestCopyContract(t *testing.T) {
	server := start(t)
	storetest.RunCopy(t, func(t *testing.T) storetest.CopyOpener {
		url := migrated(t, server)
		return func(t *testing.T) storetest.CopyStore { return open(t, url, pgstore.Options{MaxConns: 4}) }
	})
}

// start starts a PostgreSQL server for the test.
func start(t testing.TB) *pgtest.Server {
	t.Helper()
	server := pgtest.New(t)
	server.Primary()
	return server
}

// migrated returns the URL of a new database that has the schema.
func migrated(t testing.TB, server *pgtest.Server) string {
	t.Helper()
	url := server.Database()
	if _, _, err := pgstore.Migrate(t.Context(), url, pgstore.Options{}); err != nil {
		t.Fatal(err)
	}
	return url
}

// open opens a store that the test closes.
func open(t testing.TB, url string, o pgstore.Options) *pgstore.Store {
	t.Helper()
	s, err := pgstore.Open(url, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// opened opens a store that is closed at the end of the test.
func opened(t testing.TB, url string, o pgstore.Options) *pgstore.Store {
	t.Helper()
	s := open(t, url, o)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}
