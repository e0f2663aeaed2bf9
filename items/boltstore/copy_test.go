package boltstore_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/items/storetest"
)

func TestCopyContract(t *testing.T) {
	storetest.RunCopy(t, func(t *testing.T) storetest.CopyOpener {
		path := filepath.Join(t.TempDir(), "items.db")
		return func(t *testing.T) storetest.CopyStore {
			return open(t, path)
		}
	})
}

// openReadOnly opens a store to read only.
func openReadOnly(path string) (*boltstore.Store, error) {
	return boltstore.Open(path, boltstore.Options{ReadOnly: true})
}

// TestReadOnly holds that a store that is read only serves what is there, beside
// another one, and changes nothing.
func TestReadOnly(t *testing.T) {
	closed, inUse := written(t, 200)
	for _, content := range [][]byte{closed, inUse} {
		path := filepath.Join(t.TempDir(), "items.db")
		if err := os.WriteFile(path, content, 0o400); err != nil {
			t.Fatal(err)
		}
		var stores [2]*boltstore.Store
		for i := range stores {
			s, err := openReadOnly(path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			stores[i] = s
		}
		page, err := stores[1].List(t.Context(), items.Query{Limit: 1000})
		last, lastErr := stores[1].LastID(t.Context())
		if len(page.Items) != 200 || err != nil || last != 200 || lastErr != nil {
			t.Errorf("%d items, %v; the last id is %d, %v", len(page.Items), err, last, lastErr)
		}
		if _, err := boltstore.Open(path, boltstore.Options{}); err == nil {
			t.Error("a store that writes was opened beside them")
		} else {
			checkMessage(t, err, path, "locked by process")
		}
		for _, s := range stores {
			if item, err := s.Create(t.Context(), items.Draft{Name: "x"}); err == nil {
				t.Errorf("Create = %+v", item)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		if !bytes.Equal(readFile(t, path), content) {
			t.Error("the file has changed")
		}
	}
}

// TestReadOnlyRefuses holds that what is no database is refused, and not made one.
func TestReadOnlyRefuses(t *testing.T) {
	dir := t.TempDir()
	held, empty, foreign := filepath.Join(dir, "held.db"), filepath.Join(dir, "empty.db"), filepath.Join(dir, "foreign.db")
	defer open(t, held).Close()
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	makeForeign(t, foreign)
	missing := filepath.Join(dir, "missing.db")
	for path, remedy := range map[string]string{
		missing: "does not exist: name a file that is there",
		empty:   "is not a database of items: name another file",
		foreign: "is not a database of items: name another file",
		held:    "is locked by process",
	} {
		s, err := openReadOnly(path)
		if err == nil {
			s.Close()
			t.Errorf("Open(%s) took it", path)
			continue
		}
		checkMessage(t, err, path, remedy)
	}
	if _, err := os.Stat(missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the missing file: %v", err)
	}
	if content := readFile(t, empty); len(content) != 0 {
		t.Errorf("the empty file has %d bytes", len(content))
	}
}
