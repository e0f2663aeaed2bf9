package pgstore_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// replicas returns two stores on one new database.
func replicas(t *testing.T, o pgstore.Options) [2]*pgstore.Store {
	url := migrated(t, start(t))
	return [2]*pgstore.Store{opened(t, url, o), opened(t, url, o)}
}

// TestKeyAtOnce checks that one key makes one item, at whichever store it comes.
func TestKeyAtOnce(t *testing.T) {
	stores := replicas(t, pgstore.Options{MaxConns: 4})
	for round := range 50 {
		var (
			wg   sync.WaitGroup
			made sync.Map
			news atomic.Int64
		)
		for caller := range 8 {
			wg.Go(func() {
				item, replayed, err := stores[caller%2].CreateOnce(t.Context(), fmt.Sprint("key ", round), items.Draft{Name: "x"})
				if err != nil {
					t.Errorf("CreateOnce: %v", err)
				}
				made.Store(item, true)
				if !replayed {
					news.Add(1)
				}
			})
		}
		wg.Wait()
		count := 0
		made.Range(func(any, any) bool { count++; return true })
		if count != 1 || news.Load() != 1 {
			t.Fatalf("%d items, of which %d calls say that they made them", count, news.Load())
		}
	}
	page, err := stores[0].List(t.Context(), items.Query{Limit: 100})
	if err != nil || len(page.Items) != 50 {
		t.Errorf("%d items of 50 keys, %v", len(page.Items), err)
	}
}

// TestUpdatesAtOnce checks that of two updates of one version at two stores one wins.
func TestUpdatesAtOnce(t *testing.T) {
	stores := replicas(t, pgstore.Options{})
	item, err := stores[0].Create(t.Context(), items.Draft{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for version := int64(1); version <= 100; version++ {
		var wg sync.WaitGroup
		var won atomic.Int64
		for i, s := range stores {
			wg.Go(func() {
				_, err := s.Update(t.Context(), item.ID, version, items.Draft{Name: fmt.Sprint(i, " of ", version)})
				if err == nil {
					won.Add(1)
				} else if !errors.Is(err, items.ErrVersion) {
					t.Errorf("Update: %v", err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d updates of version %d succeed", won.Load(), version)
		}
	}
}

// TestPagingAcrossStores checks that a reader of one store who pages misses no item of
// writers at two: an item never appears behind one that was listed.
func TestPagingAcrossStores(t *testing.T) {
	const writers, each = 8, 50
	stores := replicas(t, pgstore.Options{MaxConns: 4})
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for range each {
				if _, err := stores[w%2].Create(t.Context(), items.Draft{Name: "x"}); err != nil {
					t.Errorf("Create: %v", err)
				}
			}
		})
	}
	written := make(chan struct{})
	go func() {
		wg.Wait()
		close(written)
	}()
	seen := 0
	for after, done := int64(0), false; !done; {
		select {
		case <-written:
			done = true // one more page sees what was written last
		default:
		}
		page, err := stores[0].List(t.Context(), items.Query{After: after, Limit: writers * each})
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			after = item.ID
			seen++
		}
	}
	if seen != writers*each {
		t.Errorf("the reader saw %d items of %d", seen, writers*each)
	}
}

// TestKeysExpire checks that a key is known for items.KeyTTL, and that those that have
// expired are removed.
func TestKeysExpire(t *testing.T) {
	var now atomic.Int64
	now.Store(time.Now().UnixMicro())
	url := migrated(t, start(t))
	s := opened(t, url, pgstore.Options{Now: func() time.Time { return time.UnixMicro(now.Load()) }})
	create := func(key string) (int64, bool) {
		t.Helper()
		item, replayed, err := s.CreateOnce(t.Context(), key, items.Draft{Name: "x"})
		if err != nil {
			t.Fatal(err)
		}
		return item.ID, replayed
	}
	first, _ := create("key")
	now.Add(items.KeyTTL.Microseconds() - 1)
	if id, replayed := create("key"); !replayed || id != first {
		t.Errorf("just before its end: %d, %t", id, replayed)
	}
	now.Add(1)
	second, replayed := create("key")
	if replayed || second == first {
		t.Errorf("at its end: %d, %t", second, replayed)
	}
	if id, replayed := create("key"); !replayed || id != second {
		t.Errorf("anew: %d, %t", id, replayed)
	}
	for i := range 10 {
		create(fmt.Sprint(i))
	}
	now.Add(items.KeyTTL.Microseconds())
	for i := range 10 {
		create(fmt.Sprint("later ", i))
	}
	exec(t, url, "DO $$ BEGIN ASSERT (SELECT count(*) = 10 FROM items_keys); END $$")
}
