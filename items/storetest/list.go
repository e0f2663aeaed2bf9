package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/multistage/items"
)

var listTests = map[string]func(*testing.T, Opener){
	"List of an empty store is empty":           listEmpty,
	"List pages through all items in order":     listPages,
	"List takes any cursor and limit":           listBounds,
	"List goes on after its cursor row is gone": listAfterDelete,
	"List ends a page of much text early":       listLarge,
}

func listEmpty(t *testing.T, open Opener) {
	if page, more := list(t, opened(t, open), 0, 10); len(page) != 0 || more {
		t.Errorf("List = %v, %t", page, more)
	}
}

func listPages(t *testing.T, open Opener) {
	s := opened(t, open)
	var want []items.Item
	for i := range 7 {
		want = append(want, create(t, s, fmt.Sprint("item ", i)))
	}
	for _, limit := range []int{1, 3, 6, 7, 8} {
		var got []items.Item
		after, more := int64(0), true
		for more {
			var page []items.Item
			page, more = list(t, s, after, limit)
			if len(page) == 0 || len(page) > limit || more && len(page) != limit {
				t.Fatalf("List(%d, %d): %d items, more is %t", after, limit, len(page), more)
			}
			got = append(got, page...)
			after = page[len(page)-1].ID
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d: %v, want %v", limit, ids(got), ids(want))
		}
	}
}

func listBounds(t *testing.T, open Opener) {
	s := opened(t, open)
	item := create(t, s, "one")
	for _, tt := range []struct {
		after int64
		limit int
		want  int
	}{
		{-1 << 63, 10, 1},
		{-1, 10, 1},
		{item.ID - 1, 10, 1},
		{item.ID, 10, 0},
		{items.MaxID, 10, 0},
		{1<<63 - 1, 10, 0},
		{0, 0, 0},
		{0, -1, 0},
		{0, 1 << 30, 1},
	} {
		if page, more := list(t, s, tt.after, tt.limit); len(page) != tt.want || more {
			t.Errorf("List(%d, %d) = %v, %t; want %d items", tt.after, tt.limit, ids(page), more, tt.want)
		}
	}
}

func listAfterDelete(t *testing.T, open Opener) {
	s := opened(t, open)
	first, second, third := create(t, s, "one"), create(t, s, "two"), create(t, s, "three")
	for _, gone := range []items.Item{second, first} {
		if err := s.Delete(t.Context(), gone.ID, items.AnyVersion); err != nil {
			t.Fatal(err)
		}
		if page, more := list(t, s, gone.ID, 10); len(page) != 1 || page[0] != third || more {
			t.Errorf("List after the deleted %d = %v, %t", gone.ID, ids(page), more)
		}
	}
}

// listLarge checks that a page holds not much more than items.MaxPageText, and that
// the pages together hold all items.
func listLarge(t *testing.T, open Opener) {
	s := opened(t, open)
	drafts := make([]items.Draft, 100)
	for i := range drafts {
		drafts[i] = items.Draft{Name: "x", Description: strings.Repeat("𝄞", items.MaxDescriptionLen)}
	}
	want, err := s.CreateBatch(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	each := len(drafts[0].Name) + len(drafts[0].Description)
	var got []items.Item
	for after, more := int64(0), true; more; after = got[len(got)-1].ID {
		var page []items.Item
		page, more = list(t, s, after, len(want))
		if len(page) == 0 || len(page)*each >= items.MaxPageText+each {
			t.Fatalf("a page of %d items", len(page))
		}
		got = append(got, page...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d items, want %d", len(got), len(want))
	}
}
