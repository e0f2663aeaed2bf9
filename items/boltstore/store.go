// Package boltstore keeps items in one bbolt file.
//
// Writers are committed in groups: while one commit is being flushed to disk,
// further writers queue, and the next commit carries all of them. A write is
// answered after fdatasync, a lone one waits for no timer, and readers never
// wait for writers.
package boltstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"example.com/multistage/items"
)

// Store is an [items.Store] on a bbolt file. [Open] makes one.
type Store struct {
	file      *file
	now       func() time.Time
	committer *committer
}

var _ items.Store = (*Store)(nil)

// Create implements [items.Store].
func (s *Store) Create(ctx context.Context, d items.Draft) (items.Item, error) {
	if err := d.Validate(); err != nil {
		return items.Item{}, err
	}
	var item items.Item
	err := s.committer.do(ctx, func(b *bolt.Bucket) error {
		if b.Sequence() >= items.MaxID {
			return fmt.Errorf("%w: the last id, %d, is assigned", items.ErrFull, b.Sequence())
		}
		id, err := b.NextSequence()
		if err != nil {
			return fault{err}
		}
		item = items.New(int64(id), d, s.now())
		if err := b.Put(key(item.ID), encode(item)); err != nil {
			return fault{err}
		}
		return nil
	})
	if err != nil {
		return items.Item{}, err
	}
	return item, nil
}

// Get implements [items.Store].
func (s *Store) Get(ctx context.Context, id int64) (item items.Item, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		value := b.Get(key(id))
		if value == nil {
			return items.ErrNotFound
		}
		item, err = decode(id, value)
		return err
	})
	return item, err
}

// List implements [items.Store].
func (s *Store) List(ctx context.Context, after int64, limit int) (page []items.Item, more bool, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		if after >= items.MaxID || limit < 1 {
			return nil
		}
		c := b.Cursor()
		for k, v := c.Seek(key(max(after, 0) + 1)); k != nil; k, v = c.Next() {
			if len(page) == limit {
				more = true
				return nil
			}
			item, err := decode(keyID(k), v)
			if err != nil {
				return err
			}
			page = append(page, item)
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	return page, more, nil
}

// Delete implements [items.Store].
func (s *Store) Delete(ctx context.Context, id int64) error {
	return s.committer.do(ctx, func(b *bolt.Bucket) error {
		k := key(id)
		if b.Get(k) == nil {
			return items.ErrNotFound
		}
		if err := b.Delete(k); err != nil {
			return fault{err}
		}
		return nil
	})
}

// Ready implements [items.Store].
func (s *Store) Ready(ctx context.Context) error {
	if err := s.file.inPlace(); err != nil {
		return err
	}
	return s.view(ctx, func(*bolt.Bucket) error { return nil })
}

// Close implements [items.Store].
func (s *Store) Close() error {
	if err := s.file.damaged(); err != nil {
		return err
	}
	if !s.committer.close() {
		return nil
	}
	if err := s.file.db.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// view calls fn with the bucket of the items in a read transaction.
func (s *Store) view(ctx context.Context, fn func(*bolt.Bucket) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.file.view(func(tx *bolt.Tx) error {
		return fn(tx.Bucket(bucketItems))
	})
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return items.ErrClosed
	}
	return err
}
