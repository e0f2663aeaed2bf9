package copier

import (
	"context"
	"sync"

	"example.com/multistage/items"
)

// pageLimit is how many items are read, and stored in one transaction, at a time, where
// [items.MaxPageText] does not end a page before.
const pageLimit = 10_000

// reader reads the items of a store in order. It reads one page ahead of the one that is
// used, so that two stores work at once.
type reader struct {
	pages   chan page // closed after the last, which may be an error
	current []items.Item
	cancel  context.CancelFunc
	closed  chan struct{}
	wg      sync.WaitGroup
}

type page struct {
	items []items.Item
	err   error
}

// newReader begins to read the items above an id. The caller closes it.
func newReader(ctx context.Context, from Source, after int64) *reader {
	r := &reader{pages: make(chan page), closed: make(chan struct{})}
	ctx, r.cancel = context.WithCancel(ctx)
	r.wg.Go(func() { r.read(ctx, from, after) })
	return r
}

func (r *reader) read(ctx context.Context, from Source, after int64) {
	defer close(r.pages)
	for {
		got, err := from.List(ctx, items.Query{After: after, Limit: pageLimit})
		select {
		case r.pages <- page{got.Items, err}:
		case <-r.closed:
			return
		}
		if err != nil || got.Next == 0 {
			return
		}
		after = got.Next
	}
}

// page returns the next items, of which there are none at the end.
func (r *reader) page() ([]items.Item, error) {
	p := <-r.pages
	return p.items, p.err
}

// item returns the next item. It is not ok at the end.
func (r *reader) item() (item items.Item, ok bool, err error) {
	if len(r.current) == 0 {
		if r.current, err = r.page(); err != nil || len(r.current) == 0 {
			return item, false, err
		}
	}
	item, r.current = r.current[0], r.current[1:]
	return item, true, nil
}

// close ends the reading, and waits for that.
func (r *reader) close() {
	r.cancel()
	close(r.closed)
	r.wg.Wait()
}
