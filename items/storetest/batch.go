package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"example.com/multistage/items"
)

var batchTests = map[string]func(*testing.T, Opener){
	"CreateBatch stores all drafts in their order":        batchOrder,
	"CreateBatch stores nothing where a draft is invalid": batchInvalid,
	"CreateBatch of nothing stores nothing":               batchEmpty,
}

// createAll stores items of the given names as one batch, or ends the test.
func createAll(t *testing.T, s items.Store, names ...string) []items.Item {
	t.Helper()
	drafts := make([]items.Draft, len(names))
	for i, name := range names {
		drafts[i].Name = name
	}
	created, err := s.CreateBatch(t.Context(), drafts)
	if err != nil {
		t.Fatalf("CreateBatch: %v", err)
	}
	return created
}

func batchOrder(t *testing.T, open Opener) {
	s := open(t)
	first := create(t, s, "first")
	var names []string
	for i := range 2000 {
		names = append(names, fmt.Sprint("item ", i))
	}
	created := createAll(t, s, names...)
	last := first.ID
	for i, item := range created {
		want := items.New(item.ID, items.Draft{Name: names[i]}, item.CreatedAt)
		if item != want || item.ID <= last {
			t.Fatalf("item %d = %+v after id %d, want %+v", i, item, last, want)
		}
		last = item.ID
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if page, more := list(t, opened(t, open), first.ID, len(names)); !slices.Equal(page, created) || more {
		t.Errorf("%d items are listed after a reopen, want the %d created", len(page), len(created))
	}
}

func batchInvalid(t *testing.T, open Opener) {
	s := opened(t, open)
	before := create(t, s, "before")
	created, err := s.CreateBatch(t.Context(), []items.Draft{{Name: "a"}, {Name: "b\x00"}, {Name: ""}})
	invalid, ok := errors.AsType[*items.InvalidError](err)
	if !ok || created != nil || invalid.Fields[0].Detail != "must not contain the control character U+0000" {
		t.Errorf("CreateBatch = %v, %v; want an InvalidError of the second draft", created, err)
	}
	if page, _ := list(t, s, 0, 10); len(page) != 1 || page[0] != before {
		t.Errorf("the store holds %v", page)
	}
}

func batchEmpty(t *testing.T, open Opener) {
	s := opened(t, open)
	for _, drafts := range [][]items.Draft{nil, {}} {
		if created, err := s.CreateBatch(t.Context(), drafts); err != nil || len(created) != 0 {
			t.Errorf("CreateBatch = %v, %v", created, err)
		}
	}
	if page, _ := list(t, s, 0, 10); len(page) != 0 {
		t.Errorf("the store holds %v", page)
	}
}
