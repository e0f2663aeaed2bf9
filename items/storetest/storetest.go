// Package storetest is the contract of [items.Store] as one test suite, which
// every engine runs.
package storetest

import (
	"testing"

	"example.com/multistage/items"
)

// Opener opens the store on one set of data. Data that a store has made durable
// is there again when Opener is called after its Close.
type Opener func(t *testing.T) items.Store

// Run runs the contract. Each call of fresh returns an Opener on empty data of
// its own, which is gone after the test.
func Run(t *testing.T, fresh func(t *testing.T) Opener) {
	for _, group := range []map[string]func(*testing.T, Opener){
		createTests, updateTests, batchTests, onceTests, listTests, searchTests, concurrencyTests, lifecycleTests,
	} {
		for name, test := range group {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, fresh(t))
			})
		}
	}
}

// opened opens a store that is closed at the end of the test.
func opened(t *testing.T, open Opener) items.Store {
	t.Helper()
	s := open(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// create stores an item of the given name, or ends the test.
func create(t *testing.T, s items.Store, name string) items.Item {
	t.Helper()
	item, err := s.Create(t.Context(), items.Draft{Name: name})
	if err != nil {
		t.Fatalf("Create(%q): %v", name, err)
	}
	return item
}

// list returns a page and whether more follow, or ends the test.
func list(t *testing.T, s items.Store, after int64, limit int) ([]items.Item, bool) {
	t.Helper()
	page := search(t, s, items.Query{After: after, Limit: limit})
	return page.Items, page.Next != 0
}

// ids returns the ids of a page.
func ids(page []items.Item) []int64 {
	out := make([]int64, len(page))
	for i, item := range page {
		out[i] = item.ID
	}
	return out
}
