package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
)

// CopyStore is an engine whose items can be copied to another one as they are.
type CopyStore interface {
	items.Store

	// PutItems stores items as they are, with their ids, times and versions, all of them
	// or none, and returns once they are durable. Their ids ascend, and are above those
	// of all items that the store has.
	PutItems(ctx context.Context, all []items.Item) error

	// LastID returns the largest id ever assigned, or 0.
	LastID(ctx context.Context) (int64, error)

	// RaiseLastID makes id the largest that was ever assigned, unless a larger one was.
	RaiseLastID(ctx context.Context, id int64) error
}

// CopyOpener is an [Opener] of such an engine.
type CopyOpener func(t *testing.T) CopyStore

// RunCopy runs the contract of [CopyStore], as [Run] does that of [items.Store].
func RunCopy(t *testing.T, fresh func(t *testing.T) CopyOpener) {
	for name, test := range copyTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, fresh(t))
		})
	}
}

var copyTests = map[string]func(*testing.T, CopyOpener){
	"PutItems keeps ids, times and versions":                putItems,
	"PutItems takes many items, and large ones":             putMany,
	"PutItems refuses ids that are out of order":            putOutOfOrder,
	"PutItems of nothing stores nothing":                    putNothing,
	"An item that was put is changed and deleted as others": changePut,
	"LastID is the largest id ever assigned":                lastID,
	"RaiseLastID keeps ids from being assigned":             raiseLastID,
	"A context that has ended stops every call of a copy":   endedCopy,
	"Every call of a copy after Close says so":              copyAfterClose,
}

// openedCopy opens a store that is closed at the end of the test.
func openedCopy(t *testing.T, open CopyOpener) CopyStore {
	t.Helper()
	return opened(t, func(t *testing.T) items.Store { return open(t) }).(CopyStore)
}

// reopened closes a store and opens it again.
func reopened(t *testing.T, s CopyStore, open CopyOpener) CopyStore {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return openedCopy(t, open)
}

// old returns an item of another store, which was changed there.
func old(id, version int64) items.Item {
	created := time.Date(1999, 12, 31, 23, 59, 59, 999_999_000, time.UTC)
	return items.Item{
		ID: id, Name: fmt.Sprint("old ", id), Description: "a \"text\"\n\t☃ 𝄞",
		CreatedAt: created, UpdatedAt: created.Add(time.Duration(version) * time.Microsecond), Version: version,
	}
}

// put stores items, or ends the test.
func put(t *testing.T, s CopyStore, all ...items.Item) {
	t.Helper()
	if err := s.PutItems(t.Context(), all); err != nil {
		t.Fatalf("PutItems: %v", err)
	}
}

// wantLastID checks the largest id ever assigned, and that LastID stays the same.
func wantLastID(t *testing.T, s CopyStore, want int64) {
	t.Helper()
	for range 2 {
		if got, err := s.LastID(t.Context()); err != nil || got != want {
			t.Errorf("LastID = %d, %v; want %d", got, err, want)
		}
	}
}

// wantItems checks which items a store has.
func wantItems(t *testing.T, s CopyStore, want ...items.Item) {
	t.Helper()
	if got, more := list(t, s, 0, len(want)+1); !slices.Equal(got, want) || more {
		t.Errorf("the store has %+v, want %+v", got, want)
	}
}

func putItems(t *testing.T, open CopyOpener) {
	s := open(t)
	first := []items.Item{old(3, 1), old(4, 7), old(900, 2)}
	put(t, s, first...)
	second := []items.Item{old(901, items.MaxID), old(1<<40, 1)}
	put(t, s, second...)
	wantItems(t, s, append(first, second...)...)
	s = reopened(t, s, open)
	wantItems(t, s, append(first, second...)...)
	wantLastID(t, s, 1<<40)
	if next := create(t, s, "next"); next.ID != 1<<40+1 {
		t.Errorf("the next item has the id %d", next.ID)
	}
}

func putMany(t *testing.T, open CopyOpener) {
	s := open(t)
	many := make([]items.Item, 10_000)
	for i := range many {
		many[i] = old(int64(3*i+1), 1)
	}
	put(t, s, many...)
	large := make([]items.Item, 32)
	for i := range large {
		large[i] = old(int64(30_001+i), 1)
		large[i].Name = strings.Repeat("𝄞", items.MaxNameLen)
		large[i].Description = strings.Repeat("𝄞", items.MaxDescriptionLen)
	}
	put(t, s, large...)
	s = reopened(t, s, open)
	got, _ := list(t, s, 0, len(many))
	if !slices.Equal(got, many[:len(got)]) || len(got) == 0 {
		t.Error("not all of many items are there as they were")
	}
	if got, more := list(t, s, 30_000, len(large)); !slices.Equal(got, large[:len(got)]) || len(got)+1 < len(large) && !more {
		t.Error("not all of the large items are there as they were")
	}
}

func putOutOfOrder(t *testing.T, open CopyOpener) {
	s := openedCopy(t, open)
	there := []items.Item{old(5, 1), old(10, 1)}
	put(t, s, there...)
	for _, bad := range [][]items.Item{
		{old(7, 1)},
		{old(10, 2)},
		{old(11, 1), old(11, 1)},
		{old(13, 1), old(12, 1)},
		{old(12, 1), old(items.MaxID+1, 1)},
		{old(0, 1)},
	} {
		if err := s.PutItems(t.Context(), bad); err == nil {
			t.Errorf("PutItems took the ids %d after 10", ids(bad))
		}
	}
	wantItems(t, s, there...)
	wantLastID(t, s, 10)
}

func putNothing(t *testing.T, open CopyOpener) {
	s := openedCopy(t, open)
	put(t, s)
	wantItems(t, s)
	wantLastID(t, s, 0)
}

func changePut(t *testing.T, open CopyOpener) {
	s := openedCopy(t, open)
	put(t, s, old(5, 3), old(6, 1))
	changed, err := s.Update(t.Context(), 5, 3, items.Draft{Name: "new"})
	if err != nil || changed.Version != 4 || changed.CreatedAt != old(5, 3).CreatedAt {
		t.Errorf("Update = %+v, %v", changed, err)
	}
	if err := s.Delete(t.Context(), 6, 1); err != nil {
		t.Errorf("Delete: %v", err)
	}
	wantItems(t, s, changed)
}

func lastID(t *testing.T, open CopyOpener) {
	s := open(t)
	wantLastID(t, s, 0)
	create(t, s, "one")
	last := create(t, s, "two").ID
	wantLastID(t, s, last)
	if err := s.Delete(t.Context(), last, items.AnyVersion); err != nil {
		t.Fatal(err)
	}
	wantLastID(t, s, last)
	put(t, s, old(last+5, 1))
	wantLastID(t, s, last+5)
	wantLastID(t, reopened(t, s, open), last+5)
}

func raiseLastID(t *testing.T, open CopyOpener) {
	s := open(t)
	for _, id := range []int64{7, 3, 0} { // the lower ones change nothing
		if err := s.RaiseLastID(t.Context(), id); err != nil {
			t.Fatalf("RaiseLastID(%d): %v", id, err)
		}
	}
	wantItems(t, s)
	s = reopened(t, s, open)
	wantLastID(t, s, 7)
	put(t, s, old(2, 1), old(5, 1)) // as they were assigned elsewhere before
	wantLastID(t, s, 7)
	if next := create(t, s, "next"); next.ID != 8 {
		t.Errorf("the next item has the id %d", next.ID)
	}
	if err := s.RaiseLastID(t.Context(), items.MaxID+1); err == nil {
		t.Error("RaiseLastID took an id that can't be")
	}
	if err := s.RaiseLastID(t.Context(), items.MaxID); err != nil {
		t.Errorf("RaiseLastID: %v", err)
	}
	if item, err := s.Create(t.Context(), items.Draft{Name: "x"}); !errors.Is(err, items.ErrFull) {
		t.Errorf("Create after the last id = %+v, %v; want %v", item, err, items.ErrFull)
	}
	wantLastID(t, s, items.MaxID)
}

// copyCalls makes each call of a copy once and returns its error.
func copyCalls(ctx context.Context, s CopyStore) map[string]error {
	_, err := s.LastID(ctx)
	return map[string]error{
		"LastID":      err,
		"PutItems":    s.PutItems(ctx, []items.Item{old(5, 1)}),
		"RaiseLastID": s.RaiseLastID(ctx, 9),
	}
}

func endedCopy(t *testing.T, open CopyOpener) {
	s := openedCopy(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range copyCalls(ctx, s) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want %v", name, err, context.Canceled)
		}
	}
	wantItems(t, s)
	wantLastID(t, s, 0)
}

func copyAfterClose(t *testing.T, open CopyOpener) {
	s := open(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, err := range copyCalls(t.Context(), s) {
		if !errors.Is(err, items.ErrClosed) {
			t.Errorf("%s: %v, want %v", name, err, items.ErrClosed)
		}
	}
}
