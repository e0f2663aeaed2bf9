package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"example.com/multistage/items"
)

var searchTests = map[string]func(*testing.T, Opener){
	"List by name finds a part in any case":            searchFolds,
	"List by name finds each match once, page by page": searchPages,
	"List by name looks at a bounded number of items":  searchBound,
	"List by name ends with its caller":                searchEnds,
}

// search returns a page of the items with a part in their names, or ends the test.
// It checks that AppendList has the same page.
func search(t *testing.T, s items.Store, q items.Query) items.Page {
	t.Helper()
	page, err := s.List(t.Context(), q)
	if err != nil {
		t.Fatalf("List(%+v): %v", q, err)
	}
	want := []byte("before[")
	for i, item := range page.Items {
		if i > 0 {
			want = append(want, ',')
		}
		want = item.AppendJSON(want)
	}
	array, next, err := s.AppendList(t.Context(), []byte("before"), q)
	if want = append(want, ']'); !bytes.Equal(array, want) || next != page.Next || err != nil {
		t.Fatalf("AppendList(%+v) = %s, %d, %v; want %s, %d", q, array, next, err, want, page.Next)
	}
	return page
}

func searchFolds(t *testing.T, open Opener) {
	s := opened(t, open)
	names := []string{"Straße", "STRASSE", "300 K", "300 \u212a", "ΟΔΟΣ", "οδος", "οδοσ", "quote \" \\ <é>", "É"}
	created := createAll(t, s, names...)
	for part, want := range map[string][]string{
		"":        names,
		"straße":  {"Straße"},
		"STRAẞE":  {"Straße"}, // by simple folding ß is no ss
		"strasse": {"STRASSE"},
		"0 k":     {"300 K", "300 \u212a"},
		"\u212a":  {"300 K", "300 \u212a"},
		"Οδος":    {"ΟΔΟΣ", "οδος", "οδοσ"},
		"σ":       {"ΟΔΟΣ", "οδος", "οδοσ"},
		"\" \\ <": {"quote \" \\ <é>"},
		"é":       {"quote \" \\ <é>", "É"},
		"none":    nil,
		"%":       nil,
		".":       nil,
	} {
		page := search(t, s, items.Query{Name: part, Limit: 100})
		var got []string
		for _, item := range page.Items {
			got = append(got, item.Name)
			if !slices.Contains(created, item) {
				t.Errorf("List(%q) has %+v, which was not created so", part, item)
			}
		}
		if !slices.Equal(got, want) || page.Next != 0 {
			t.Errorf("List(%q) = %q, next %d; want %q", part, got, page.Next, want)
		}
	}
}

// follow returns all items of a query, and how many pages they came in.
func follow(t *testing.T, s items.Store, q items.Query) (all []items.Item, pages int) {
	t.Helper()
	for {
		page := search(t, s, q)
		pages++
		all = append(all, page.Items...)
		if len(page.Items) > q.Limit {
			t.Fatalf("List(%+v) has %d items", q, len(page.Items))
		}
		if page.Next == 0 {
			return all, pages
		}
		if page.Next <= q.After {
			t.Fatalf("List(%+v) goes on at %d", q, page.Next)
		}
		q.After = page.Next
	}
}

func searchPages(t *testing.T, open Opener) {
	s := opened(t, open)
	var names []string
	for i := range 50 {
		names = append(names, fmt.Sprint("other ", i), fmt.Sprint("Match ", i))
	}
	var want []items.Item
	for _, item := range createAll(t, s, names...) {
		if item.Name[0] == 'M' {
			want = append(want, item)
		}
	}
	for _, limit := range []int{1, 7, 25, 50, 51} {
		if got, _ := follow(t, s, items.Query{Name: "mATCH", Limit: limit}); !slices.Equal(got, want) {
			t.Errorf("pages of %d: %v, want %v", limit, ids(got), ids(want))
		}
	}
}

// searchBound has so many items that one call can't look at all of them.
func searchBound(t *testing.T, open Opener) {
	s := opened(t, open)
	names := make([]string, 2*items.MaxExamined+10)
	for i := range names {
		names[i] = "other"
	}
	for _, at := range []int{0, items.MaxExamined - 1, items.MaxExamined, 2*items.MaxExamined + 9} {
		names[at] = "match"
	}
	created := createAll(t, s, names...)
	first := search(t, s, items.Query{Name: "match", Limit: 10})
	if len(first.Items) != 2 || first.Next != created[items.MaxExamined-1].ID {
		t.Errorf("the first page = %v, next %d; want two items and %d",
			ids(first.Items), first.Next, created[items.MaxExamined-1].ID)
	}
	got, pages := follow(t, s, items.Query{Name: "match", Limit: 10})
	if len(got) != 4 || pages != 3 {
		t.Errorf("%v in %d pages, want 4 items in 3", ids(got), pages)
	}
	none := search(t, s, items.Query{Name: "none", Limit: 10})
	if len(none.Items) != 0 || none.Next == 0 {
		t.Errorf("a page without a match = %v, next %d", ids(none.Items), none.Next)
	}
	// Exactly as many items as a call looks at are its last.
	after := created[len(created)-items.MaxExamined-1].ID
	if last := search(t, s, items.Query{After: after, Name: "none", Limit: 10}); last.Next != 0 {
		t.Errorf("the last page goes on at %d", last.Next)
	}
	if all := search(t, s, items.Query{Limit: len(names)}); len(all.Items) != len(names) {
		t.Errorf("without a name there are %d items of %d", len(all.Items), len(names))
	}
}

// ending is a context that ends while a call is at work: when it is asked for the
// second time whether it has.
type ending struct {
	context.Context
	asked int
}

func (e *ending) Err() error {
	if e.asked++; e.asked > 1 {
		return context.Canceled
	}
	return nil
}

func searchEnds(t *testing.T, open Opener) {
	s := opened(t, open)
	createAll(t, s, slices.Repeat([]string{"other"}, 1000)...)
	ctx := &ending{Context: t.Context()}
	if page, err := s.List(ctx, items.Query{Name: "match", Limit: 10}); !errors.Is(err, context.Canceled) || page.Next != 0 {
		t.Errorf("List whose caller has gone = %+v, %v", page, err)
	}
}
