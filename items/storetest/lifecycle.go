package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"example.com/multistage/items"
)

var lifecycleTests = map[string]func(*testing.T, Opener){
	"A context that has ended stops every call": endedContext,
	"Items are there after a reopen":            reopen,
	"Every call after Close says so":            callsAfterClose,
	"Close waits for the writes under way":      closeWhileWriting,
}

// calls makes each call of the store once and returns its error.
func calls(ctx context.Context, s items.Store) map[string]error {
	_, createErr := s.Create(ctx, items.Draft{Name: "x"})
	_, getErr := s.Get(ctx, 1)
	_, _, appendItemErr := s.AppendItem(ctx, nil, 1)
	_, _, appendListErr := s.AppendList(ctx, nil, items.Query{Limit: 10})
	_, listErr := s.List(ctx, items.Query{Limit: 10})
	_, _, onceErr := s.CreateOnce(ctx, "key", items.Draft{Name: "x"})
	_, batchErr := s.CreateBatch(ctx, []items.Draft{{Name: "x"}})
	_, updateErr := s.Update(ctx, 1, items.AnyVersion, items.Draft{Name: "x"})
	return map[string]error{
		"Create":      createErr,
		"CreateOnce":  onceErr,
		"CreateBatch": batchErr,
		"Get":         getErr,
		"List":        listErr,
		"AppendItem":  appendItemErr,
		"AppendList":  appendListErr,
		"Update":      updateErr,
		"Delete":      s.Delete(ctx, 1, items.AnyVersion),
		"Ready":       s.Ready(ctx),
	}
}

func endedContext(t *testing.T, open Opener) {
	s := opened(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range calls(ctx, s) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want %v", name, err, context.Canceled)
		}
	}
	if page, _ := list(t, s, 0, 10); len(page) != 0 {
		t.Errorf("a create of an ended context stored %v", page)
	}
}

func reopen(t *testing.T, open Opener) {
	s := open(t)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready: %v", err)
	}
	first := create(t, s, "one")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = opened(t, open)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready after a reopen: %v", err)
	}
	if got, err := s.Get(t.Context(), first.ID); err != nil || got != first {
		t.Errorf("Get after a reopen = %+v, %v; want %+v", got, err, first)
	}
	if second := create(t, s, "two"); second.ID <= first.ID {
		t.Errorf("id %d after a reopen, and %d before", second.ID, first.ID)
	}
}

func callsAfterClose(t *testing.T, open Opener) {
	s := open(t)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
	for name, err := range calls(t.Context(), s) {
		if !errors.Is(err, items.ErrClosed) {
			t.Errorf("%s: %v, want %v", name, err, items.ErrClosed)
		}
	}
}

// closeWhileWriting checks that each write ends before Close or is refused, and
// that those acknowledged are there.
func closeWhileWriting(t *testing.T, open Opener) {
	s := open(t)
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		acked []int64
		first sync.Once
	)
	started := make(chan struct{})
	for range writers {
		wg.Go(func() {
			for {
				item, err := s.Create(t.Context(), items.Draft{Name: "x"})
				if errors.Is(err, items.ErrClosed) {
					return
				}
				if err != nil {
					t.Errorf("Create: %v", err)
					return
				}
				mu.Lock()
				acked = append(acked, item.ID)
				mu.Unlock()
				first.Do(func() { close(started) })
			}
		})
	}
	<-started
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	wg.Wait()
	s = opened(t, open)
	for _, id := range acked {
		if _, err := s.Get(t.Context(), id); err != nil {
			t.Errorf("Get(%d): %v", id, err)
		}
	}
}
