package storetest

import (
	"fmt"
	"sync"
	"testing"

	"example.com/multistage/items"
)

var concurrencyTests = map[string]func(*testing.T, Opener){
	"Creates at once get ids of their own":          concurrentCreates,
	"A reader who pages misses no item of a writer": concurrentPaging,
}

// writers is how many goroutines write at once.
const writers = 16

// concurrentCreates checks that no item is lost, that ids are distinct, and
// that each writer sees its own ids ascend.
func concurrentCreates(t *testing.T, open Opener) {
	const each = 25
	s := open(t)
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		made = make(map[int64]items.Item)
	)
	for w := range writers {
		wg.Go(func() {
			last := int64(0)
			for i := range each {
				item, err := s.Create(t.Context(), items.Draft{Name: fmt.Sprint(w, "/", i)})
				if err != nil || item.ID <= last {
					t.Errorf("Create after id %d = %+v, %v", last, item, err)
					return
				}
				last = item.ID
				mu.Lock()
				made[item.ID] = item
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(made) != writers*each {
		t.Fatalf("%d distinct ids of %d creates", len(made), writers*each)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	page, more := list(t, opened(t, open), 0, writers*each+1)
	if len(page) != len(made) || more {
		t.Fatalf("%d items are listed after a reopen, want %d", len(page), len(made))
	}
	for _, item := range page {
		if made[item.ID] != item {
			t.Errorf("listed %+v, created %+v", item, made[item.ID])
		}
	}
}

// concurrentPaging reads page after page while others create items and delete
// some of those just read, the reader's cursor rows among them: an item that
// appears after the reader has gone past its id would be lost to the reader.
func concurrentPaging(t *testing.T, open Opener) {
	const each = 25
	s := opened(t, open)
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range each {
				if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
					t.Errorf("Create: %v", err)
					return
				}
			}
		})
	}
	written := make(chan struct{})
	go func() {
		wg.Wait()
		close(written)
	}()

	seen := make(map[int64]bool)
	after := int64(0)
	for done := false; !done; {
		select {
		case <-written:
			done = true // one more round sees what was written last
		default:
		}
		for more := true; more; {
			page, err := s.List(t.Context(), items.Query{After: after, Limit: 7}) // alone: others write
			if err != nil {
				t.Fatalf("List after %d: %v", after, err)
			}
			more = page.Next != 0
			for _, item := range page.Items {
				if item.ID <= after {
					t.Fatalf("item %d comes after the cursor %d", item.ID, after)
				}
				after = item.ID
				seen[after] = true
			}
			if len(page.Items) > 0 {
				if err := s.Delete(t.Context(), after, items.AnyVersion); err != nil {
					t.Fatalf("Delete(%d): %v", after, err)
				}
			}
		}
	}
	if len(seen) != writers*each {
		t.Errorf("the reader saw %d items of %d", len(seen), writers*each)
	}
}
