package boltstore_test

import (
	"path/filepath"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/items/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Opener {
		path := filepath.Join(t.TempDir(), "items.db")
		return func(t *testing.T) items.Store {
			return open(t, path)
		}
	})
}

// open opens a store that the test closes.
func open(t testing.TB, path string) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
