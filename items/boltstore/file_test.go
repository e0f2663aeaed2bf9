package boltstore_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
)

// TestDamageWhileInUse damages the file of an open store: from then on each call
// says so at once, and none waits for a lock that a panic left locked.
func TestDamageWhileInUse(t *testing.T) {
	page := int64(os.Getpagesize())
	for name, damage := range map[string]func(path string) error{
		"emptied":          func(path string) error { return os.Truncate(path, 0) },
		"one page left":    func(path string) error { return os.Truncate(path, page) },
		"two pages left":   func(path string) error { return os.Truncate(path, 2*page) },
		"four pages left":  func(path string) error { return os.Truncate(path, 4*page) },
		"zeroed in place":  func(path string) error { return overwrite(path, 0) },
		"garbled in place": func(path string) error { return overwrite(path, 0xa5) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "items.db")
			s := open(t, path)
			for range 200 {
				if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
					t.Fatal(err)
				}
			}
			if err := damage(path); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				_, getErr := s.Get(t.Context(), 100)
				_, listErr := s.List(t.Context(), items.Query{Limit: 1000})
				_, createErr := s.Create(t.Context(), items.Draft{Name: "y"})
				for call, err := range map[string]error{
					"Get": getErr, "List": listErr, "Create": createErr,
					"Delete": s.Delete(t.Context(), 100, items.AnyVersion), "Ready": s.Ready(t.Context()),
				} {
					if err == nil {
						t.Errorf("%s succeeds", call)
					}
				}
			}
			if err := s.Close(); err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("Close: %v, want an error that names %s", err, path)
			}
		})
	}
}

// overwrite sets each byte of a file to b.
func overwrite(path string, b byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.Write(bytes.Repeat([]byte{b}, int(info.Size())))
	return err
}

// TestFileGoneWhileInUse takes the file from its path: what would be written to it
// then is not acknowledged.
func TestFileGoneWhileInUse(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed":  os.Remove,
		"renamed":  func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error { return replace(path) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "items.db")
			s := open(t, path)
			defer s.Close()
			if err := take(path); err != nil {
				t.Fatal(err)
			}
			_, createErr := s.Create(t.Context(), items.Draft{Name: "y"})
			for call, err := range map[string]error{"Create": createErr, "Ready": s.Ready(t.Context())} {
				if err == nil || !strings.Contains(err.Error(), path) {
					t.Errorf("%s: %v, want an error that names %s", call, err, path)
				}
			}
		})
	}
}

func replace(path string) error {
	other := path + ".new"
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		return err
	}
	return os.Rename(other, path)
}

// TestChangedItem changes one letter of an item in the file.
func TestChangedItem(t *testing.T) {
	content, _ := written(t, 20)
	content = bytes.ReplaceAll(content, []byte(`"item 9"`), []byte(`"item 8"`))
	path := filepath.Join(t.TempDir(), "items.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if item, err := s.Get(t.Context(), 10); err == nil {
		t.Errorf("Get = %+v", item)
	}
	if _, err := s.List(t.Context(), items.Query{Limit: 100}); err == nil {
		t.Error("List takes the item")
	}
	if _, err := s.Get(t.Context(), 9); err != nil {
		t.Errorf("Get of another item: %v", err)
	}
}
