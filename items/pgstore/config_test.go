package pgstore_test

import (
	"math"
	"strings"
	"testing"

	"example.com/multistage/items/pgstore"
)

func TestRedact(t *testing.T) {
	t.Setenv("PGPASSWORD", "secret")
	for url, want := range map[string]string{
		"postgres://me:secret@db/items":                                          "postgres://me@db:5432/items",
		"postgres://me:secret@one,two:6000/items?sslmode=prefer":                 "postgres://me@one:5432,two:6000/items",
		"postgresql://me@db/items?password=secret&sslmode=disable":               "postgres://me@db:5432/items",
		"host=db user=me password=secret dbname=items":                           "postgres://me@db:5432/items",
		"host=/run/postgresql user=me password=secret dbname=items":              "postgres://me@%2Frun%2Fpostgresql:5432/items",
		"postgres://me:secret@db:port/items":                                     "postgres://",
		"postgres://me:secret@db/items?sslrootcert=/nowhere&sslmode=verify-full": "postgres://",
		"postgres://me@db/items?password=secret&sslmode=bogus":                   "postgres://",
		"postgres://me:a/secret@db/items":                                        "postgres://",
		"postgres://me:a:secret@db:port/items":                                   "postgres://",
		"postgres://me:a@secret@db:port/items":                                   "postgres://",
		"postgres://me:a@secret@db/items":                                        "postgres://",
		"postgres://me:1/secret@db/items":                                        "postgres://",
		"postgres://me:1@2/secret@db/items?sslmode=disable":                      "postgres://",
		"postgres://me:a%40secret@db/a%40b?user=a@b&password=a@secret":           "postgres://a%40b@db:5432/a@b",
		"host=db user=me password=postgres://a@secret dbname=a@b":                "postgres://me@db:5432/a@b",
		"host=db password='a secret":                                             "postgres://",
		"host=db password = secret sslmode=bogus":                                "postgres://",
	} {
		got := pgstore.Redact(url)
		if strings.Contains(got, "secret") || got != want {
			t.Errorf("Redact(%q) = %q, want %q", url, got, want)
		}
		if _, err := pgstore.Open(url, pgstore.Options{}); err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q): %v", url, err)
		}
	}
}

func TestMostConns(t *testing.T) {
	most := math.MaxInt32
	for conns, want := range map[int]int{0: 16, 7: 7, most: most, most + 1: most, math.MaxInt: most} {
		s := opened(t, "postgres://db/items", pgstore.Options{MaxConns: conns})
		if got := s.Stats().Most; got != want {
			t.Errorf("MaxConns %d: %d", conns, got)
		}
	}
}
