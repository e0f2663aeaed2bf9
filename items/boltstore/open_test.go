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

// written returns the content of a database file of n items, once while it is in
// use, which is what a crash leaves, and once after it was closed.
func written(t *testing.T, n int) (closed, inUse []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "items.db")
	s := open(t, path)
	for i := range n {
		if _, err := s.Create(t.Context(), items.Draft{Name: fmt.Sprint("item ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	inUse = readFile(t, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path), inUse
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestOpenDamaged opens files that are no whole database, made of one that was
// closed and of one that was in use, as a crash leaves it: the error names the
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
			closed, inUse := written(t, 200)
			wantDamaged(t, damage(closed))
			wantDamaged(t, damage(inUse))
		})
	}
}

// wantDamaged checks that Open refuses a file of the given content and leaves it.
func wantDamaged(t *testing.T, content []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "items.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Open(path, boltstore.Options{})
	if err == nil {
		s.Close()
		t.Error("Open took the file")
		return
	}
	checkMessage(t, err, path, "restore it from a backup")
	if !bytes.Equal(readFile(t, path), content) {
		t.Error("Open changed the file")
	}
}

// TestDamagedPages zeroes each page in turn. Open may miss a page that only some
// items need; then reads and writes may fail, but say so and end nothing.
func TestDamagedPages(t *testing.T) {
	const n = 500
	page := os.Getpagesize()
	_, inUse := written(t, n)
	for at := 2 * page; at < len(bytes.TrimRight(inUse, "\x00")); at += page {
		content := bytes.Clone(inUse)
		clear(content[at : at+page])
		path := filepath.Join(t.TempDir(), "items.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := boltstore.Open(path, boltstore.Options{})
		if err != nil {
			checkMessage(t, err, path, "restore it from a backup")
			continue
		}
		for id := int64(1); id <= n; id += 10 {
			_, _ = s.Get(t.Context(), id)
			_ = s.Delete(t.Context(), id, items.AnyVersion)
		}
		_, _ = s.Create(t.Context(), items.Draft{Name: "x"})
		_, _ = s.List(t.Context(), items.Query{Limit: n})
		_ = s.Close()
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
		{filepath.Join(file, "items.db"), "not a directory: name another file"},
		{foreign, "is not a database of items: name another file"},
		{held, fmt.Sprintf("is locked by process %d (boltstore", os.Getpid())},
	} {
		s, err := boltstore.Open(tt.path, boltstore.Options{})
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

// TestOpenTruncated cuts off one page after the other, whatever it holds.
func TestOpenTruncated(t *testing.T) {
	page := os.Getpagesize()
	closed, _ := written(t, 500)
	for pages := len(bytes.TrimRight(closed, "\x00")) / page; pages > 0; pages-- {
		wantDamaged(t, closed[:pages*page])
	}
}

// TestOpenAfterKill opens what a crash leaves.
func TestOpenAfterKill(t *testing.T) {
	_, inUse := written(t, 200)
	path := filepath.Join(t.TempDir(), "items.db")
	if err := os.WriteFile(path, inUse, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	defer s.Close()
	if page, err := s.List(t.Context(), items.Query{Limit: 1000}); err != nil || len(page.Items) != 200 {
		t.Errorf("List: %d items, %v; want 200", len(page.Items), err)
	}
	if item, err := s.Create(t.Context(), items.Draft{Name: "next"}); err != nil || item.ID != 201 {
		t.Errorf("Create = %+v, %v; want id 201", item, err)
	}
}

func TestTimesComeFromTheClock(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 2, 3, 456_789_999, time.FixedZone("", 3600))
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), boltstore.Options{Now: func() time.Time { return at }})
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
