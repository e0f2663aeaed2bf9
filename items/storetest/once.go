package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"example.com/multistage/items"
)

var onceTests = map[string]func(*testing.T, Opener){
	"CreateOnce returns the first item again":        onceReplay,
	"CreateOnce refuses a key of another draft":      onceReused,
	"CreateOnce that fails uses up no key":           onceFailed,
	"CreateOnce takes keys of 1 to 255 bytes":        onceBounds,
	"CreateOnce with one key at once makes one item": concurrentOnce,
}

// once is CreateOnce, or ends the test.
func once(t *testing.T, s items.Store, key string, d items.Draft) (items.Item, bool) {
	t.Helper()
	item, replayed, err := s.CreateOnce(t.Context(), key, d)
	if err != nil {
		t.Fatalf("CreateOnce(%q): %v", key, err)
	}
	return item, replayed
}

func onceReplay(t *testing.T, open Opener) {
	s := open(t)
	d := items.Draft{Name: "one", Description: "of many"}
	first, replayed := once(t, s, "key", d)
	if want := items.New(first.ID, d, first.CreatedAt); replayed || first != want {
		t.Errorf("CreateOnce = %+v, %t; want %+v", first, replayed, want)
	}
	wantStored(t, s, first)
	if other, replayed := once(t, s, "Key", d); replayed || other.ID == first.ID {
		t.Errorf("CreateOnce with another key = %+v, %t", other, replayed)
	}
	wantReplay := func(when string) {
		t.Helper()
		if got, replayed := once(t, s, "key", d); !replayed || got != first {
			t.Errorf("CreateOnce %s = %+v, %t; want %+v", when, got, replayed, first)
		}
	}
	wantReplay("again")
	update(t, s, first.ID, 1, items.Draft{Name: "changed"})
	wantReplay("after a change")
	if err := s.Delete(t.Context(), first.ID, items.AnyVersion); err != nil {
		t.Fatal(err)
	}
	wantReplay("after a delete")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = opened(t, open)
	wantReplay("after a reopen")
	if page, _ := list(t, s, 0, 10); len(page) != 1 {
		t.Errorf("the store holds %v, want the item of the other key", page)
	}
}

func onceReused(t *testing.T, open Opener) {
	s := opened(t, open)
	first, _ := once(t, s, "key", items.Draft{Name: "ab", Description: "c"})
	for _, d := range []items.Draft{{Name: "ab"}, {Name: "a", Description: "bc"}, {Name: "abc"}, {Name: "x", Description: "c"}} {
		item, replayed, err := s.CreateOnce(t.Context(), "key", d)
		if !errors.Is(err, items.ErrKeyReused) || replayed || item != (items.Item{}) {
			t.Errorf("CreateOnce = %+v, %t, %v; want %v", item, replayed, err, items.ErrKeyReused)
		}
	}
	if page, _ := list(t, s, 0, 10); len(page) != 1 || page[0] != first {
		t.Errorf("the store holds %v", page)
	}
}

func onceFailed(t *testing.T, open Opener) {
	s := opened(t, open)
	_, _, err := s.CreateOnce(t.Context(), "key", items.Draft{})
	if _, ok := errors.AsType[*items.InvalidError](err); !ok {
		t.Errorf("CreateOnce: %v, want an InvalidError", err)
	}
	if item, replayed := once(t, s, "key", items.Draft{Name: "x"}); replayed || item.Name != "x" {
		t.Errorf("CreateOnce = %+v, %t", item, replayed)
	}
}

func onceBounds(t *testing.T, open Opener) {
	s := opened(t, open)
	for _, key := range []string{"", strings.Repeat("k", items.MaxKeyLen+1)} {
		if item, _, err := s.CreateOnce(t.Context(), key, items.Draft{Name: "x"}); err == nil {
			t.Errorf("CreateOnce with a key of %d bytes = %+v", len(key), item)
		}
	}
	if page, _ := list(t, s, 0, 10); len(page) != 0 {
		t.Errorf("the store holds %v", page)
	}
	for _, key := range []string{"k", "\x00", "\xff", strings.Repeat("k", items.MaxKeyLen)} {
		first, _ := once(t, s, key, items.Draft{Name: "x"})
		if again, replayed := once(t, s, key, items.Draft{Name: "x"}); !replayed || again != first {
			t.Errorf("CreateOnce(%q) again = %+v, %t; want %+v", key, again, replayed, first)
		}
	}
}

// concurrentOnce checks that each of many calls returns the one item, or that
// another call is running.
func concurrentOnce(t *testing.T, open Opener) {
	const keys = 20
	s := opened(t, open)
	for k := range keys {
		var (
			wg   sync.WaitGroup
			mu   sync.Mutex
			made = make(map[items.Item]int)
			news int
		)
		for range writers {
			wg.Go(func() {
				item, replayed, err := s.CreateOnce(t.Context(), fmt.Sprint("key ", k), items.Draft{Name: "x"})
				if errors.Is(err, items.ErrKeyRunning) {
					return
				}
				if err != nil {
					t.Errorf("CreateOnce: %v", err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				made[item]++
				if !replayed {
					news++
				}
			})
		}
		wg.Wait()
		if len(made) != 1 || news != 1 {
			t.Fatalf("%d items, of which %d calls say that they made them", len(made), news)
		}
	}
	if page, _ := list(t, s, 0, keys+1); len(page) != keys {
		t.Errorf("the store holds %d items of %d keys", len(page), keys)
	}
}
