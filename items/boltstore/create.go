package boltstore

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// Create implements [items.Store].
func (s *Store) Create(ctx context.Context, d items.Draft) (items.Item, error) {
	created, err := s.CreateBatch(ctx, []items.Draft{d})
	if err != nil {
		return items.Item{}, err
	}
	return created[0], nil
}

// CreateBatch implements [items.Store].
func (s *Store) CreateBatch(ctx context.Context, drafts []items.Draft) ([]items.Item, error) {
	for _, d := range drafts {
		if err := d.Validate(); err != nil {
			return nil, err
		}
	}
	created := make([]items.Item, len(drafts))
	err := s.committer.doBatch(ctx, len(drafts), func(b *bolt.Bucket) error { return s.insert(b, drafts, created) })
	if err != nil {
		return nil, err
	}
	return created, nil
}

// CreateOnce implements [items.Store].
func (s *Store) CreateOnce(ctx context.Context, key string, d items.Draft) (item items.Item, replayed bool, err error) {
	if err := items.CheckKey(key); err != nil {
		return item, false, err
	}
	if err := d.Validate(); err != nil {
		return item, false, err
	}
	err = s.read(ctx, func(r *reader) (err error) {
		item, replayed, err = recall(r.tx, key, d, s.now())
		return err
	})
	if replayed || err != nil {
		return item, replayed, err
	}
	if !s.running.begin(key) {
		return item, false, items.ErrKeyRunning
	}
	defer s.running.end(key)
	err = s.committer.do(ctx, func(b *bolt.Bucket) (err error) {
		item, replayed, err = s.createOnce(b, key, d)
		return err
	})
	if err != nil {
		return items.Item{}, false, err
	}
	return item, replayed, nil
}

// createOnce looks for the key again, since a call that has ended in the meantime
// may have used it.
func (s *Store) createOnce(b *bolt.Bucket, key string, d items.Draft) (items.Item, bool, error) {
	if item, found, err := recall(b.Tx(), key, d, s.now()); found || err != nil {
		return item, found, err
	}
	var created [1]items.Item
	if err := s.insert(b, []items.Draft{d}, created[:]); err != nil {
		return items.Item{}, false, err
	}
	if err := remember(b.Tx(), key, created[0]); err != nil {
		return items.Item{}, false, fault{err}
	}
	return created[0], false, nil
}

// insert stores drafts as new items, and writes these to created.
func (s *Store) insert(b *bolt.Bucket, drafts []items.Draft, created []items.Item) error {
	if b.Sequence()+uint64(len(drafts)) > items.MaxID {
		return fmt.Errorf("%w: of the last id, %d, %d are assigned", items.ErrFull, int64(items.MaxID), b.Sequence())
	}
	now, size := s.now(), 0
	for i, d := range drafts {
		id, err := b.NextSequence()
		if err != nil {
			return fault{err}
		}
		created[i] = items.New(int64(id), d, now)
		value := encode(created[i])
		if err := b.Put(key(created[i].ID), value); err != nil {
			return fault{err}
		}
		size += len(value)
	}
	s.file.passed(b.Tx(), size)
	return nil
}
