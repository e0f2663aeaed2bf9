package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
)

var createTests = map[string]func(*testing.T, Opener){
	"Create returns the item that Get returns":  createThenGet,
	"Create takes drafts at the limits":         createAtLimits,
	"Create stores nothing of an invalid draft": createInvalid,
	"Create never assigns an id twice":          createAfterDelete,
	"Get of an unknown id is not found":         getUnknown,
	"Delete removes one item":                   deleteOne,
	"Delete of an unknown id is not found":      deleteUnknown,
}

func createThenGet(t *testing.T, open Opener) {
	s := opened(t, open)
	draft := items.Draft{Name: "a \"name\" <&> \\ ☃ 𝄞", Description: "line\n\ttab"}
	before := time.Now().Truncate(time.Microsecond)
	created, err := s.Create(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	want := items.Item{
		ID: created.ID, Name: draft.Name, Description: draft.Description,
		CreatedAt: created.CreatedAt, UpdatedAt: created.CreatedAt, Version: 1,
	}
	if created != want {
		t.Errorf("Create = %+v, want %+v", created, want)
	}
	if created.ID < 1 || created.ID > items.MaxID {
		t.Errorf("id %d is out of range", created.ID)
	}
	if at := created.CreatedAt; at.Location() != time.UTC || at.Before(before) || at.After(time.Now()) ||
		at.Nanosecond()%1000 != 0 {
		t.Errorf("created at %v: want whole microseconds in UTC since %v", at, before)
	}
	got, err := s.Get(t.Context(), created.ID)
	if err != nil || got != created {
		t.Errorf("Get = %+v, %v; want %+v", got, err, created)
	}
}

func createAtLimits(t *testing.T, open Opener) {
	s := opened(t, open)
	for _, draft := range []items.Draft{
		{Name: "x"},
		{
			Name:        strings.Repeat("𝄞", items.MaxNameLen),
			Description: strings.Repeat("𝄞", items.MaxDescriptionLen),
		},
		{Name: `"`, Description: strings.Repeat("\n", items.MaxDescriptionLen)},
	} {
		created, err := s.Create(t.Context(), draft)
		if err != nil {
			t.Fatalf("Create: %v", err)
		}
		got, err := s.Get(t.Context(), created.ID)
		if err != nil || got != created || got.Name != draft.Name || got.Description != draft.Description {
			t.Errorf("Get = %+v, %v; want %+v", got, err, created)
		}
	}
}

func createInvalid(t *testing.T, open Opener) {
	s := opened(t, open)
	_, err := s.Create(t.Context(), items.Draft{Description: "a\x00b"})
	invalid, ok := errors.AsType[*items.InvalidError](err)
	if !ok || len(invalid.Fields) != 2 {
		t.Errorf("Create: %v, want an InvalidError of two fields", err)
	}
	if page, _ := list(t, s, 0, 10); len(page) != 0 {
		t.Errorf("the store holds %v", page)
	}
}

func createAfterDelete(t *testing.T, open Opener) {
	s := open(t)
	last := create(t, s, "one")
	if err := s.Delete(t.Context(), last.ID, items.AnyVersion); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if next := create(t, opened(t, open), "two"); next.ID <= last.ID {
		t.Errorf("id %d after %d was deleted", next.ID, last.ID)
	}
}

func getUnknown(t *testing.T, open Opener) {
	s := opened(t, open)
	item := create(t, s, "one")
	for _, id := range []int64{item.ID + 1, 0, -1, items.MaxID} {
		if form, _, err := s.AppendItem(t.Context(), nil, id); !errors.Is(err, items.ErrNotFound) {
			t.Errorf("AppendItem(%d) = %s, %v; want %v", id, form, err, items.ErrNotFound)
		}
		if got, err := s.Get(t.Context(), id); !errors.Is(err, items.ErrNotFound) {
			t.Errorf("Get(%d) = %+v, %v; want %v", id, got, err, items.ErrNotFound)
		}
	}
}

func deleteOne(t *testing.T, open Opener) {
	s := opened(t, open)
	first, second := create(t, s, "one"), create(t, s, "two")
	if err := s.Delete(t.Context(), first.ID, items.AnyVersion); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), first.ID); !errors.Is(err, items.ErrNotFound) {
		t.Errorf("Get after Delete: %v, want %v", err, items.ErrNotFound)
	}
	if page, _ := list(t, s, 0, 10); len(page) != 1 || page[0] != second {
		t.Errorf("List = %+v, want only %+v", page, second)
	}
}

func deleteUnknown(t *testing.T, open Opener) {
	s := opened(t, open)
	if err := s.Delete(t.Context(), 1, items.AnyVersion); !errors.Is(err, items.ErrNotFound) {
		t.Errorf("Delete: %v, want %v", err, items.ErrNotFound)
	}
}
