package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
)

// filled opens a store of n items on a new file, which the test closes.
func filled(t testing.TB, n int) (s *boltstore.Store, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "items.db")
	s = open(t, path)
	t.Cleanup(func() { s.Close() })
	drafts := make([]items.Draft, n)
	for i := range drafts {
		drafts[i] = items.Draft{Name: "An item", Description: strings.Repeat("x", 100)}
	}
	if _, err := s.CreateBatch(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
	return s, path
}

// snapshot returns a copy of the store's file.
func snapshot(t testing.TB, s *boltstore.Store) []byte {
	t.Helper()
	var copied bytes.Buffer
	err := s.Snapshot(t.Context(), func(size int64, from io.WriterTo) error {
		n, err := from.WriteTo(&copied)
		if n != size || int64(copied.Len()) != size {
			t.Errorf("%d bytes of a snapshot of %d, and it says %d", copied.Len(), size, n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return copied.Bytes()
}

// TestStats compares with what bbolt says of the same file.
func TestStats(t *testing.T) {
	s, path := filled(t, 1000)
	for id := int64(1); id <= 900; id++ {
		if err := s.Delete(t.Context(), id, items.AnyVersion); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Stats(); !errors.Is(err, items.ErrClosed) {
		t.Errorf("Stats after Close: %v, want %v", err, items.ErrClosed)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	want := boltstore.Stats{
		FileBytes: info.Size(), PageSize: db.Info().PageSize, FreePages: int64(db.Stats().FreePageN),
	}
	if got != want || got.FreePages < 20 {
		t.Errorf("Stats = %+v, want %+v", got, want)
	}
	if got.FreeBytes() != got.FreePages*int64(got.PageSize) {
		t.Errorf("%d bytes are free", got.FreeBytes())
	}
}

func TestSnapshotIsOneStateWhileWritersGoOn(t *testing.T) {
	s, _ := filled(t, 100)
	var copied bytes.Buffer
	err := s.Snapshot(t.Context(), func(_ int64, from io.WriterTo) error {
		for range 20 { // readers and writers don't wait for it
			if _, err := s.Create(t.Context(), items.Draft{Name: "later"}); err != nil {
				return err
			}
		}
		_, err := from.WriteTo(&copied)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, copied.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, path)
	defer c.Close()
	if page, err := c.List(t.Context(), items.Query{Limit: 1000}); err != nil || len(page.Items) != 100 {
		t.Errorf("the copy has %d items, %v; want 100", len(page.Items), err)
	}
}

func TestSnapshotEnds(t *testing.T) {
	s, path := filled(t, 1000)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Snapshot(ctx, func(_ int64, from io.WriterTo) error {
		cancel()
		_, err := from.WriteTo(io.Discard)
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("in the middle: %v, want %v", err, context.Canceled)
	}
	never := func(int64, io.WriterTo) error { t.Error("called"); return nil }
	if err := s.Snapshot(ctx, never); !errors.Is(err, context.Canceled) {
		t.Errorf("before: %v, want %v", err, context.Canceled)
	}
	broken := errors.New("broken")
	if err := s.Snapshot(t.Context(), func(int64, io.WriterTo) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error of the function: %v, want %v", err, broken)
	}
	func() {
		defer func() { _ = recover() }()
		_ = s.Snapshot(t.Context(), func(int64, io.WriterTo) error { panic("not the file's fault") })
		t.Error("the panic of the function is lost")
	}()
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready after all of these: %v", err)
	}
	if err := os.Truncate(path, 5*int64(os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	err = s.Snapshot(t.Context(), func(_ int64, from io.WriterTo) error {
		_, err := from.WriteTo(io.Discard)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("of a file cut off: %v", err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("Ready after damage was found")
	}
}

func TestSnapshotAfterClose(t *testing.T) {
	s, _ := filled(t, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	err := s.Snapshot(t.Context(), func(int64, io.WriterTo) error { return nil })
	if !errors.Is(err, items.ErrClosed) {
		t.Errorf("%v, want %v", err, items.ErrClosed)
	}
}
