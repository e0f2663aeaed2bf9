package boltstore

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// clock is a time that a test sets.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time          { return time.UnixMicro(c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(d.Microseconds()) }

// clocked opens a store whose time the test sets, on a new file.
func clocked(t *testing.T) (*Store, *clock) {
	t.Helper()
	c := new(clock)
	c.at.Store(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).UnixMicro())
	s, err := Open(filepath.Join(t.TempDir(), "items.db"), Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, c
}

// keys returns how many keys are remembered, which both buckets agree on.
func keys(t *testing.T, s *Store) (n int) {
	t.Helper()
	err := s.file.view(func(tx *bolt.Tx) error {
		n = tx.Bucket(bucketKeys).Stats().KeyN
		if e := tx.Bucket(bucketExpiry).Stats().KeyN; e != n {
			t.Errorf("%d keys, %d times", n, e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func createOnce(t *testing.T, s *Store, key, name string) (items.Item, bool) {
	t.Helper()
	item, replayed, err := s.CreateOnce(t.Context(), key, items.Draft{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return item, replayed
}

func TestKeyIsFreeAfterItsTime(t *testing.T) {
	s, c := clocked(t)
	first, _ := createOnce(t, s, "key", "x")
	c.advance(-48 * time.Hour) // a clock that goes back
	if got, replayed := createOnce(t, s, "key", "x"); !replayed || got != first {
		t.Errorf("before: %+v, %t", got, replayed)
	}
	c.advance(48*time.Hour + items.KeyTTL - time.Microsecond)
	if got, replayed := createOnce(t, s, "key", "x"); !replayed || got != first {
		t.Errorf("at the last moment: %+v, %t", got, replayed)
	}
	c.advance(time.Microsecond)
	second, replayed := createOnce(t, s, "key", "y")
	if replayed || second.ID == first.ID {
		t.Errorf("a day later: %+v, %t", second, replayed)
	}
	if got, replayed := createOnce(t, s, "key", "y"); !replayed || got != second {
		t.Errorf("and then: %+v, %t", got, replayed)
	}
	if n := keys(t, s); n != 1 {
		t.Errorf("%d keys are left", n)
	}
}

// TestExpiredKeysGoTwoAtATime also reuses keys that have expired but not gone.
func TestExpiredKeysGoTwoAtATime(t *testing.T) {
	s, c := clocked(t)
	for i := range 10 {
		createOnce(t, s, fmt.Sprint("old ", i), "x")
		c.advance(time.Second)
	}
	c.advance(items.KeyTTL - 5*time.Second)  // the last four have not expired
	for i, want := range []int{9, 8, 7, 8} { // three times two go, then none
		createOnce(t, s, fmt.Sprint("new ", i), "x")
		if n := keys(t, s); n != want {
			t.Fatalf("after %d new keys: %d, want %d", i+1, n, want)
		}
	}
	c.advance(items.KeyTTL)
	createOnce(t, s, "old 9", "x") // the newest of them: two go, it is written again
	if n := keys(t, s); n != 6 {
		t.Errorf("%d keys, want 6", n)
	}
}

func TestKeyOfACallUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(t)
		release := hold(t, s)
		done := make(chan items.Item)
		go func() {
			item, _, err := s.CreateOnce(t.Context(), "key", items.Draft{Name: "x"})
			if err != nil {
				t.Error(err)
			}
			done <- item
		}()
		synctest.Wait() // until it is in the queue
		if _, _, err := s.CreateOnce(t.Context(), "key", items.Draft{Name: "x"}); !errors.Is(err, items.ErrKeyRunning) {
			t.Errorf("CreateOnce: %v, want %v", err, items.ErrKeyRunning)
		}
		release()
		first := <-done
		if got, replayed := createOnce(t, s, "key", "x"); !replayed || got != first {
			t.Errorf("CreateOnce = %+v, %t; want %+v", got, replayed, first)
		}
	})
}

func TestOldFormatGetsItsBuckets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "items.db")
	item := items.New(1, items.Draft{Name: "old"}, time.Now())
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		meta, err := tx.CreateBucket(bucketMeta)
		if err != nil {
			return err
		}
		rows, err := tx.CreateBucket(bucketItems)
		if err != nil {
			return err
		}
		return errors.Join(meta.Put(keyFormat, format), rows.SetSequence(1), rows.Put(key(1), encode(item)))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err := s.Get(t.Context(), 1); err != nil || got != item {
		t.Errorf("Get = %+v, %v", got, err)
	}
	if got, replayed := createOnce(t, s, "key", "x"); replayed || got.ID != 2 {
		t.Errorf("CreateOnce = %+v, %t", got, replayed)
	}
}

func TestCommittedIsToldOfEachGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var groups []int
		s, err := Open(filepath.Join(t.TempDir(), "items.db"), Options{
			Committed: func(writes int, _ time.Duration) { groups = append(groups, writes) },
		})
		if err != nil {
			t.Fatal(err)
		}
		release := hold(t, s)
		for range 5 {
			go s.Create(t.Context(), items.Draft{Name: "x"})
		}
		synctest.Wait()
		release()
		synctest.Wait()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(groups) != "[1 5]" {
			t.Errorf("groups of %v, want 1 and 5", groups)
		}
	})
}
