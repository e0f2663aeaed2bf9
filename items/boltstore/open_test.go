package boltstore_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
)

// written returns a closed database file of n items, and its content.
func written(t *testing.T, n int) (path string, content []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "items.db")
	s := open(t, path)
	for i := range n {
		if _, err := s.Create(t.Context(), items.Draft{Name: fmt.Sprint("item ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, content
}

// TestOpenDamaged opens files that are no whole database: the error names the
// file and a remedy, and the file stays as it is.
func TestOpenDamaged(t *testing.T) {
	page := os.Getpagesize()
	for name, damage := range map[string]func(content []byte) []byte{
		"text":              func([]byte) []byte { return []byte("SQLite format 3\x00, perhaps") },
		"zeros":             func(c []byte) []byte { return make([]byte, len(c)) },
		"one byte":          func([]byte) []byte { return []byte{0} },
		"one page":          func(c []byte) []byte { return c[:page] },
		"no meta pages":     func(c []byte) []byte { clear(c[:2*page]); return c },
		"no data pages":     func(c []byte) []byte { clear(c[2*page:]); return c },
		"only meta pages":   func(c []byte) []byte { return c[:2*page] },
		"a page is missing": func(c []byte) []byte { return c[:len(bytes.TrimRight(c, "\x00"))/page*page] },
		"foreign bytes":     func(c []byte) []byte { copy(c[2*page:], bytes.Repeat([]byte{0xa5}, len(c))); return c },
		"broken items":      func(c []byte) []byte { return bytes.ReplaceAll(c, []byte(`{"id"`), []byte(`{"xx"`)) },
	} {
		t.Run(name, func(t *testing.T) {
			path, content := written(t, 200)
			content = damage(content)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := boltstore.Open(path, time.Now)
			if err == nil {
				s.Close()
				t.Fatal("Open took the file")
			}
			checkMessage(t, err, path, "restore it from a backup")
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(after, content) {
				t.Error("Open changed the file")
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	held := filepath.Join(dir, "held.db")
	defer open(t, held).Close()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	makeForeign(t, foreign)

	for _, tt := range []struct{ path, remedy string }{
		{dir, "is not a regular file: name a file"},
		{filepath.Join(dir, "missing", "items.db"), "does not exist: create it"},
		{filepath.Join(file, "items.db"), "not a directory"},
		{foreign, "is not a database of items: name another file"},
		{held, fmt.Sprintf("is locked by process %d (boltstore", os.Getpid())},
	} {
		s, err := boltstore.Open(tt.path, time.Now)
		if err == nil {
			s.Close()
			t.Errorf("Open(%s) took it", tt.path)
			continue
		}
		checkMessage(t, err, tt.path, tt.remedy)
	}
}

// makeForeign makes a bbolt file of another program.
func makeForeign(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		_, err := tx.CreateBucket([]byte("theirs"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkMessage(t *testing.T, err error, path, remedy string) {
	t.Helper()
	if msg := err.Error(); !strings.Contains(msg, path) || !strings.Contains(msg, remedy) || strings.Contains(msg, "\n") {
		t.Errorf("error %q: want one line that names %s and says %q", msg, path, remedy)
	}
}

// TestOpenWithoutFreeTail cuts off pages at the end that hold no item: a file
// that is shorter than bbolt left it has lost something, whatever it was.
func TestOpenWithoutFreeTail(t *testing.T) {
	path, content := written(t, 500)
	s := open(t, path)
	for id := range int64(490) {
		if err := s.Delete(t.Context(), 500-id); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	used := len(bytes.TrimRight(content, "\x00"))
	if err := os.Truncate(path, int64(used-os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Open(path, time.Now)
	if err == nil {
		s.Close()
		t.Fatal("Open took the file")
	}
	checkMessage(t, err, path, "the database file is damaged: it has")
}

// TestOpenAfterKill opens a copy of a file that is in use, which is what a
// crash leaves: the list of free pages was never written.
func TestOpenAfterKill(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	s := open(t, path)
	defer s.Close()
	item, err := s.Create(t.Context(), items.Draft{Name: "kept"})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	crashed := filepath.Join(dir, "crashed.db")
	if err := os.WriteFile(crashed, content, 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, crashed)
	defer again.Close()
	if got, err := again.Get(t.Context(), item.ID); err != nil || got != item {
		t.Errorf("Get = %+v, %v; want %+v", got, err, item)
	}
}

func TestTimesComeFromTheClock(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 2, 3, 456_789_999, time.FixedZone("", 3600))
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	item, err := s.Create(t.Context(), items.Draft{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2026, 11, 23, 0, 2, 3, 456_789_000, time.UTC)
	if item.CreatedAt != want || item.UpdatedAt != want {
		t.Errorf("times %v and %v, want %v", item.CreatedAt, item.UpdatedAt, want)
	}
}
