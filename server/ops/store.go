package ops

import (
	"context"
	"time"

	"example.com/multistage/items"
)

// Store returns store with its operations on items measured. What those return
// goes through untouched.
func (m *Metrics) Store(store items.Store) items.Store {
	return measuredStore{store, m}
}

// measuredStore is an [items.Store] whose operations are measured. Ready and
// Close, which are no operations on items, are those of the store itself.
type measuredStore struct {
	items.Store
	metrics *Metrics
}

// ended counts an operation that began at start and returned *err.
func (s measuredStore) ended(name string, start time.Time, err *error) {
	s.metrics.operations.Observe(operation{name, outcome(*err)}, time.Since(start).Seconds())
}

// Create implements [items.Store].
func (s measuredStore) Create(ctx context.Context, d items.Draft) (item items.Item, err error) {
	defer s.ended("create", time.Now(), &err)
	return s.Store.Create(ctx, d)
}

// CreateOnce implements [items.Store].
func (s measuredStore) CreateOnce(ctx context.Context, key string, d items.Draft) (item items.Item, replayed bool, err error) {
	defer s.ended("create_once", time.Now(), &err)
	return s.Store.CreateOnce(ctx, key, d)
}

// CreateBatch implements [items.Store].
func (s measuredStore) CreateBatch(ctx context.Context, drafts []items.Draft) (created []items.Item, err error) {
	defer s.ended("create_batch", time.Now(), &err)
	return s.Store.CreateBatch(ctx, drafts)
}

// Get implements [items.Store].
func (s measuredStore) Get(ctx context.Context, id int64) (item items.Item, err error) {
	defer s.ended("get", time.Now(), &err)
	return s.Store.Get(ctx, id)
}

// AppendItem implements [items.Store]. To the meter it is a get.
func (s measuredStore) AppendItem(ctx context.Context, b []byte, id int64) (form []byte, version int64, err error) {
	defer s.ended("get", time.Now(), &err)
	return s.Store.AppendItem(ctx, b, id)
}

// List implements [items.Store].
func (s measuredStore) List(ctx context.Context, q items.Query) (page items.Page, err error) {
	defer s.ended("list", time.Now(), &err)
	return s.Store.List(ctx, q)
}

// AppendList implements [items.Store]. To the meter it is a list.
func (s measuredStore) AppendList(ctx context.Context, b []byte, q items.Query) (array []byte, next int64, err error) {
	defer s.ended("list", time.Now(), &err)
	return s.Store.AppendList(ctx, b, q)
}

// Update implements [items.Store].
func (s measuredStore) Update(ctx context.Context, id, version int64, d items.Draft) (item items.Item, err error) {
	defer s.ended("update", time.Now(), &err)
	return s.Store.Update(ctx, id, version, d)
}

// Delete implements [items.Store].
func (s measuredStore) Delete(ctx context.Context, id, version int64) (err error) {
	defer s.ended("delete", time.Now(), &err)
	return s.Store.Delete(ctx, id, version)
}
