package main

import (
	"context"

	"example.com/multistage/items"
)

// fakeStore is a real store whose calls fail with an error that a test can't
// provoke otherwise.
type fakeStore struct {
	items.Store
	reads, writes error
}

func (f fakeStore) Get(ctx context.Context, id int64) (items.Item, error) {
	if f.reads != nil {
		return items.Item{}, f.reads
	}
	return f.Store.Get(ctx, id)
}

func (f fakeStore) List(ctx context.Context, q items.Query) (items.Page, error) {
	if f.reads != nil {
		return items.Page{}, f.reads
	}
	return f.Store.List(ctx, q)
}

func (f fakeStore) AppendItem(ctx context.Context, b []byte, id int64) ([]byte, int64, error) {
	if f.reads != nil {
		return nil, 0, f.reads
	}
	return f.Store.AppendItem(ctx, b, id)
}

func (f fakeStore) AppendList(ctx context.Context, b []byte, q items.Query) ([]byte, int64, error) {
	if f.reads != nil {
		return nil, 0, f.reads
	}
	return f.Store.AppendList(ctx, b, q)
}

func (f fakeStore) Create(context.Context, items.Draft) (items.Item, error) {
	return items.Item{}, f.writes
}

func (f fakeStore) CreateOnce(context.Context, string, items.Draft) (items.Item, bool, error) {
	return items.Item{}, false, f.writes
}

func (f fakeStore) CreateBatch(context.Context, []items.Draft) ([]items.Item, error) {
	return nil, f.writes
}

func (f fakeStore) Update(context.Context, int64, int64, items.Draft) (items.Item, error) {
	return items.Item{}, f.writes
}

func (f fakeStore) Delete(context.Context, int64, int64) error {
	return f.writes
}

func (f fakeStore) Ready(ctx context.Context) error {
	if f.reads != nil {
		return f.reads
	}
	return f.Store.Ready(ctx)
}

// waitingStore is a real store in which a list takes until it is released.
type waitingStore struct {
	items.Store
	entered, release chan struct{}
}

func (w waitingStore) AppendList(ctx context.Context, b []byte, q items.Query) ([]byte, int64, error) {
	close(w.entered)
	<-w.release
	return w.Store.AppendList(ctx, b, q)
}
