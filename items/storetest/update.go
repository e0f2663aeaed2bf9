package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"example.com/multistage/items"
)

var updateTests = map[string]func(*testing.T, Opener){
	"Update makes the next version":                      updateOne,
	"Update that changes nothing keeps version and time": updateNothing,
	"Update of another version changes nothing":          updateVersion,
	"Update stores nothing of an invalid draft":          updateInvalid,
	"Update of an unknown id is not found":               updateUnknown,
	"Delete of another version removes nothing":          deleteVersion,
	"Of updates of one version at once exactly one wins": concurrentUpdates,
	"Of deletes and updates of one version one wins":     concurrentDeletes,
}

// update makes d the content of an item, or ends the test.
func update(t *testing.T, s items.Store, id, version int64, d items.Draft) items.Item {
	t.Helper()
	item, err := s.Update(t.Context(), id, version, d)
	if err != nil {
		t.Fatalf("Update(%d, %d): %v", id, version, err)
	}
	return item
}

// wantStored checks that the store has the item as it is given, in both forms.
func wantStored(t *testing.T, s items.Store, want items.Item) {
	t.Helper()
	if got, err := s.Get(t.Context(), want.ID); err != nil || got != want {
		t.Errorf("Get = %+v, %v; want %+v", got, err, want)
	}
	form, version, err := s.AppendItem(t.Context(), []byte("before"), want.ID)
	if wantForm := want.AppendJSON([]byte("before")); !bytes.Equal(form, wantForm) || version != want.Version || err != nil {
		t.Errorf("AppendItem = %s, %d, %v; want %s, %d", form, version, err, wantForm, want.Version)
	}
}

func updateOne(t *testing.T, open Opener) {
	s := open(t)
	before, other := create(t, s, "one"), create(t, s, "two")
	for _, version := range []int64{1, items.AnyVersion, 3} {
		d := items.Draft{Name: fmt.Sprint("asked for ", version), Description: "new"}
		got := update(t, s, before.ID, version, d)
		want := before
		want.Name, want.Description, want.Version = d.Name, d.Description, before.Version+1
		want.UpdatedAt = got.UpdatedAt
		if got != want || got.UpdatedAt.Before(before.UpdatedAt) {
			t.Errorf("Update = %+v, want %+v", got, want)
		}
		wantStored(t, s, got)
		before = got
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = opened(t, open)
	wantStored(t, s, before)
	wantStored(t, s, other)
}

func updateNothing(t *testing.T, open Opener) {
	s := opened(t, open)
	item := update(t, s, create(t, s, "one").ID, 1, items.Draft{Name: "changed"})
	for _, version := range []int64{2, items.AnyVersion} {
		if got := update(t, s, item.ID, version, item.Draft()); got != item {
			t.Errorf("Update = %+v, want %+v", got, item)
		}
	}
	if _, err := s.Update(t.Context(), item.ID, 1, item.Draft()); !errors.Is(err, items.ErrVersion) {
		t.Errorf("Update of another version: %v, want %v", err, items.ErrVersion)
	}
	wantStored(t, s, item)
}

func updateVersion(t *testing.T, open Opener) {
	s := opened(t, open)
	item := create(t, s, "one")
	for _, version := range []int64{-1, 2, items.MaxID} {
		got, err := s.Update(t.Context(), item.ID, version, items.Draft{Name: "x"})
		if !errors.Is(err, items.ErrVersion) || got != (items.Item{}) {
			t.Errorf("Update of version %d = %+v, %v; want %v", version, got, err, items.ErrVersion)
		}
	}
	wantStored(t, s, item)
}

func updateInvalid(t *testing.T, open Opener) {
	s := opened(t, open)
	item := create(t, s, "one")
	for _, d := range []items.Draft{{}, {Name: strings.Repeat("x", items.MaxNameLen+1)}, {Name: "x", Description: "\x00"}} {
		_, err := s.Update(t.Context(), item.ID, items.AnyVersion, d)
		if _, ok := errors.AsType[*items.InvalidError](err); !ok {
			t.Errorf("Update: %v, want an InvalidError", err)
		}
	}
	wantStored(t, s, item)
}

func updateUnknown(t *testing.T, open Opener) {
	s := opened(t, open)
	item := create(t, s, "one")
	for _, id := range []int64{item.ID + 1, 0, -1, items.MaxID} {
		for _, version := range []int64{items.AnyVersion, 1} {
			if _, err := s.Update(t.Context(), id, version, items.Draft{Name: "x"}); !errors.Is(err, items.ErrNotFound) {
				t.Errorf("Update(%d, %d): %v, want %v", id, version, err, items.ErrNotFound)
			}
		}
	}
	if page, more := list(t, s, 0, 10); len(page) != 1 || more {
		t.Errorf("the store holds %v", page)
	}
}

func deleteVersion(t *testing.T, open Opener) {
	s := opened(t, open)
	item := update(t, s, create(t, s, "one").ID, 1, items.Draft{Name: "changed"})
	for _, version := range []int64{-1, 1, 3} {
		if err := s.Delete(t.Context(), item.ID, version); !errors.Is(err, items.ErrVersion) {
			t.Errorf("Delete of version %d: %v, want %v", version, err, items.ErrVersion)
		}
	}
	wantStored(t, s, item)
	if err := s.Delete(t.Context(), item.ID, 2); err != nil {
		t.Errorf("Delete: %v", err)
	}
	if err := s.Delete(t.Context(), item.ID, 2); !errors.Is(err, items.ErrNotFound) {
		t.Errorf("Delete again: %v, want %v", err, items.ErrNotFound)
	}
}

// race makes the calls at once and returns how many succeed; the others say that
// the version is another one, or that the item is gone.
func race(t *testing.T, calls []func() error) int64 {
	t.Helper()
	var (
		wg    sync.WaitGroup
		won   atomic.Int64
		start = make(chan struct{})
	)
	for _, call := range calls {
		wg.Go(func() {
			<-start
			switch err := call(); {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, items.ErrVersion) && !errors.Is(err, items.ErrNotFound):
				t.Errorf("a call that lost: %v", err)
			}
		})
	}
	close(start)
	wg.Wait()
	return won.Load()
}

func concurrentUpdates(t *testing.T, open Opener) {
	s := opened(t, open)
	item := create(t, s, "one")
	for version := int64(1); version <= 20; version++ {
		var calls []func() error
		for w := range writers {
			calls = append(calls, func() error {
				_, err := s.Update(t.Context(), item.ID, version, items.Draft{Name: fmt.Sprint(version, "/", w)})
				return err
			})
		}
		if won := race(t, calls); won != 1 {
			t.Fatalf("%d updates of version %d succeed", won, version)
		}
		if got, err := s.Get(t.Context(), item.ID); err != nil || got.Version != version+1 {
			t.Fatalf("Get = %+v, %v; want version %d", got, err, version+1)
		}
	}
}

func concurrentDeletes(t *testing.T, open Opener) {
	s := opened(t, open)
	for range 20 {
		item := create(t, s, "one")
		var calls []func() error
		for w := range writers {
			calls = append(calls,
				func() error { return s.Delete(t.Context(), item.ID, 1) },
				func() error {
					_, err := s.Update(t.Context(), item.ID, 1, items.Draft{Name: fmt.Sprint(w)})
					return err
				})
		}
		if won := race(t, calls); won != 1 {
			t.Fatalf("%d deletes and updates of one version succeed", won)
		}
	}
}
