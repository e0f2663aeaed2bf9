package boltstore

import (
	"context"
	"errors"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// Update implements [items.Store].
func (s *Store) Update(ctx context.Context, id, version int64, d items.Draft) (items.Item, error) {
	if err := d.Validate(); err != nil {
		return items.Item{}, err
	}
	var changed items.Item
	err := s.committer.do(ctx, func(b *bolt.Bucket) error {
		item, err := get(b, id, version)
		if err != nil {
			return err
		}
		if changed = item.Changed(d, s.now()); changed == item {
			return nil
		}
		if err := b.Put(key(id), encode(changed)); err != nil {
			return fault{err}
		}
		s.file.passed(b.Tx(), pageOf)
		return nil
	})
	if err != nil {
		return items.Item{}, err
	}
	return changed, nil
}

// Delete implements [items.Store].
func (s *Store) Delete(ctx context.Context, id, version int64) error {
	return s.committer.do(ctx, func(b *bolt.Bucket) error {
		if _, err := get(b, id, version); err != nil && !(version == items.AnyVersion && errors.Is(err, items.ErrDamaged)) {
			return err
		}
		if err := b.Delete(key(id)); err != nil {
			return fault{err}
		}
		s.file.passed(b.Tx(), pageOf)
		return nil
	})
}

// pageOf is what a change of one item counts for in passed: it may be anywhere in
// the file, and reads a page of it.
const pageOf = 4096

// get returns the item with the given id, if it has the given version or that is
// items.AnyVersion.
func get(b *bolt.Bucket, id, version int64) (items.Item, error) {
	value := b.Get(key(id))
	if value == nil {
		return items.Item{}, items.ErrNotFound
	}
	item, err := decode(id, value)
	if err != nil {
		return items.Item{}, err
	}
	if version != items.AnyVersion && version != item.Version {
		return items.Item{}, items.ErrVersion
	}
	return item, nil
}
