package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
)

// backup returns a snapshot of items, some of them with keys, after changes that
// leave free pages.
func backup(t testing.TB) []byte {
	t.Helper()
	s, _ := filled(t, 600)
	for i := range 40 {
		if _, _, err := s.CreateOnce(t.Context(), fmt.Sprint("key ", i), items.Draft{Name: "once"}); err != nil {
			t.Fatal(err)
		}
	}
	for id := int64(100); id < 200; id++ {
		if err := s.Delete(t.Context(), id, items.AnyVersion); err != nil {
			t.Fatal(err)
		}
	}
	return snapshot(t, s)
}

// restored returns all items, and what the keys replay, of a database.
func restored(t testing.TB, path string) (all []items.Item) {
	t.Helper()
	s := open(t, path)
	defer s.Close()
	page, err := s.List(t.Context(), items.Query{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	all = page.Items
	for i := range 40 {
		item, replayed, err := s.CreateOnce(t.Context(), fmt.Sprint("key ", i), items.Draft{Name: "once"})
		if err != nil || !replayed {
			t.Fatalf("CreateOnce = %+v, %t, %v", item, replayed, err)
		}
		all = append(all, item)
	}
	return all
}

// wantOnly checks that a directory has the given files and no other.
func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("the directory has %v, want %v", got, names)
	}
}

func TestRestoreOfASnapshotTakenWhileWritersGoOn(t *testing.T) {
	s, _ := filled(t, 300)
	ctx, stop := context.WithCancel(t.Context())
	written := make(chan struct{})
	for range 4 {
		go func() {
			for ctx.Err() == nil {
				item, err := s.Create(ctx, items.Draft{Name: "more", Description: strings.Repeat("y", 1000)})
				if err == nil && item.ID%2 == 0 {
					_ = s.Delete(ctx, item.ID, items.AnyVersion)
				}
			}
			written <- struct{}{}
		}()
	}
	for range 10 {
		copied := snapshot(t, s)
		path := filepath.Join(t.TempDir(), "items.db")
		n, err := boltstore.Restore(t.Context(), path, bytes.NewReader(copied), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		r := open(t, path)
		page, err := r.List(t.Context(), items.Query{Limit: 1 << 30})
		if err != nil || len(page.Items) != n || n < 300 {
			t.Errorf("%d items of %d, %v", len(page.Items), n, err)
		}
		if _, err := r.Create(t.Context(), items.Draft{Name: "after"}); err != nil {
			t.Error(err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	stop()
	for range 4 {
		<-written
	}
}

func TestRestoreKeepsEverything(t *testing.T) {
	content := backup(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	var progress int64
	n, err := boltstore.Restore(t.Context(), path, iotest.OneByteReader(bytes.NewReader(content)), false,
		func(copied int64) { progress = copied })
	if err != nil || n != 540 || progress != int64(len(content)) {
		t.Errorf("Restore = %d, %v after %d bytes; want 540 items", n, err, progress)
	}
	wantOnly(t, dir, "items.db")
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if !bytes.Equal(readFile(t, path), content) {
		t.Error("the database is not the backup")
	}
	if all := restored(t, path); len(all) != 580 {
		t.Errorf("%d items and keys", len(all))
	}
}

func TestRestoreRefusesBackups(t *testing.T) {
	whole := backup(t)
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	makeForeign(t, foreign)
	flipped := bytes.Clone(whole)
	flipped[bytes.Index(flipped, []byte("An item"))] ^= 1
	for _, tt := range []struct {
		about   string
		content []byte
		want    string
	}{
		{"empty", nil, "truncated: it is empty"},
		{"text", []byte(strings.Repeat("this is no database\n", 1000)), "not a database of items"},
		{"short text", []byte("x"), "not a database of items"},
		{"zeros", make([]byte, len(whole)), "not a database of items"},
		{"foreign", readFile(t, foreign), "not a database of items"},
		{"half", whole[:len(whole)/2], "truncated: it has"},
		{"last byte missing", whole[:len(whole)-1], "truncated: it has"},
		{"first kilobyte", whole[:1000], "truncated: it has 1000 bytes"},
		{"a changed letter", flipped, "damaged: item"},
	} {
		t.Run(tt.about, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "items.db")
			_, err := boltstore.Restore(t.Context(), path, bytes.NewReader(tt.content), false, nil)
			if err == nil {
				t.Fatal("Restore took it")
			}
			checkMessage(t, err, path, tt.want)
			checkMessage(t, err, path, "use another one")
			wantOnly(t, dir)
		})
	}
}

func TestRestoreRefusesEachTruncation(t *testing.T) {
	whole := backup(t)
	path := filepath.Join(t.TempDir(), "items.db")
	for n := os.Getpagesize(); n < len(whole); n += os.Getpagesize() {
		if _, err := boltstore.Restore(t.Context(), path, bytes.NewReader(whole[:n]), false, nil); err == nil {
			t.Fatalf("Restore took %d bytes of %d", n, len(whole))
		}
	}
}

// TestRestoreFindsFlips flips one bit after another: each is refused, or what is
// read of the database is the same.
func TestRestoreFindsFlips(t *testing.T) {
	t.Parallel()
	whole := backup(t)
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain.db")
	if _, err := boltstore.Restore(t.Context(), plain, bytes.NewReader(whole), false, nil); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprint(restored(t, plain))
	page := os.Getpagesize()
	var offsets []int
	for at := 0; at < len(whole); at += page { // each header and the elements behind it
		for i := range 24 {
			offsets = append(offsets, at+i)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		offsets = append(offsets, random.IntN(len(whole)))
	}
	found := 0
	for i, at := range offsets {
		content := bytes.Clone(whole)
		content[at] ^= 1 << random.IntN(8)
		path := filepath.Join(dir, fmt.Sprint(i, ".db"))
		if _, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content), false, nil); err != nil {
			found++
			continue
		}
		if got := fmt.Sprint(restored(t, path)); got != want {
			t.Fatalf("byte %d of page %d is changed, and not found", at%page, at/page)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d flips are found in a backup of %d pages", found, len(offsets), len(whole)/page)
}

func TestRestoreLeavesAnExistingDatabase(t *testing.T) {
	content := backup(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	s := open(t, path)
	if _, err := s.Create(t.Context(), items.Draft{Name: "old"}); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, path)
	_, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content), true, nil)
	if err == nil {
		t.Fatal("Restore replaced a database in use")
	}
	checkMessage(t, err, path, "is locked by process")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = boltstore.Restore(t.Context(), path, bytes.NewReader(content), false, nil)
	if err == nil {
		t.Fatal("Restore replaced a database")
	}
	checkMessage(t, err, path, "exists already")
	if _, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content[:5000]), true, nil); err == nil {
		t.Error("Restore took a part")
	}
	broken := errors.New("broken")
	if _, err := boltstore.Restore(t.Context(), path, iotest.ErrReader(broken), true, nil); !errors.Is(err, broken) {
		t.Errorf("Restore: %v, want %v", err, broken)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = boltstore.Restore(ctx, path, bytes.NewReader(content), true, func(int64) { cancel() })
	if err != context.Canceled {
		t.Errorf("Restore: %v, want %v", err, context.Canceled)
	}
	wantOnly(t, dir, "items.db")
	if !bytes.Equal(readFile(t, path), before) {
		t.Error("the old database was changed")
	}
	if n, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content), true, nil); err != nil || n != 540 {
		t.Errorf("Restore = %d, %v", n, err)
	}
	wantOnly(t, dir, "items.db")
	restored(t, path)
}

// TestRestoreRemovesLeftovers checks that a restore which succeeds removes what killed
// ones have left, and nothing else: neither what a running one writes, nor other files.
func TestRestoreRemovesLeftovers(t *testing.T) {
	content := backup(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	for _, suffix := range []string{".restore-1.tmp", ".restore-20261124", ".restore-x.tmp"} {
		if err := os.WriteFile(path+suffix, []byte("of a killed one"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content[:5000]), false, nil); err == nil {
		t.Error("Restore took a part")
	}
	wantOnly(t, dir, "items.db.restore-1.tmp", "items.db.restore-20261124", "items.db.restore-x.tmp")

	inner := false
	_, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content), true, func(int64) {
		if !inner {
			inner = true
			if _, err := boltstore.Restore(t.Context(), path, bytes.NewReader(content), true, nil); err != nil {
				t.Error(err)
			}
			if err := os.Remove(path); err != nil { // so that only a missing copy can make the outer one fail
				t.Error(err)
			}
		}
	})
	if err != nil {
		t.Error(err)
	}
	wantOnly(t, dir, "items.db", "items.db.restore-20261124", "items.db.restore-x.tmp")
	restored(t, path)
}

func TestRestoreRefusesALinkToNowhere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "items.db")
	if err := os.Symlink("gone.db", path); err != nil {
		t.Fatal(err)
	}
	_, err := boltstore.Restore(t.Context(), path, bytes.NewReader(nil), true, nil)
	if err == nil {
		t.Fatal("Restore took it")
	}
	checkMessage(t, err, path, "is a symbolic link to gone.db, where there is no file: remove the link")
	wantOnly(t, dir, "items.db")
}

// TestRestoreRefusesADatabaseThatAppears makes the file while the backup is read.
func TestRestoreRefusesADatabaseThatAppears(t *testing.T) {
	for _, replace := range []bool{false, true} {
		dir := t.TempDir()
		path := filepath.Join(dir, "items.db")
		var s *boltstore.Store
		_, err := boltstore.Restore(t.Context(), path, bytes.NewReader(backup(t)), replace, func(int64) {
			if s == nil {
				s = open(t, path)
			}
		})
		if err == nil {
			t.Fatal("Restore replaced it")
		}
		checkMessage(t, err, path, "exists already")
		wantOnly(t, dir, "items.db")
		if err := s.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestRestoreFollowsALink(t *testing.T) {
	dir, far := t.TempDir(), filepath.Join(t.TempDir(), "far.db")
	if err := open(t, far).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "items.db")
	if err := os.Symlink(far, path); err != nil {
		t.Fatal(err)
	}
	if _, err := boltstore.Restore(t.Context(), path, bytes.NewReader(backup(t)), true, nil); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(path); err != nil || to != far {
		t.Errorf("the link is gone: %v", err)
	}
	restored(t, far)
}

func BenchmarkRestore(b *testing.B) {
	content := backup(b)
	path := filepath.Join(b.TempDir(), "items.db")
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := boltstore.Restore(b.Context(), path, io.LimitReader(bytes.NewReader(content), 1<<40), true, nil); err != nil {
			b.Fatal(err)
		}
	}
}
