// Package boltstore keeps items in one bbolt file.
//
// Writers are committed in groups: while one commit is being flushed to disk,
// further writers queue, and the next commit carries all of them. A write is
// answered after fdatasync, a lone one waits for no timer, and readers never
// wait for writers.
package boltstore

import (
	"context"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// Store is an [items.Store] on a bbolt file. [Open] makes one.
type Store struct {
	file      *file
	now       func() time.Time
	committer *committer
	running   running
}

var _ items.Store = (*Store)(nil)

// Get implements [items.Store].
func (s *Store) Get(ctx context.Context, id int64) (item items.Item, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		item, err = get(b, id, items.AnyVersion)
		return err
	})
	return item, err
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
	return s.file.view(func(tx *bolt.Tx) error {
		return fn(tx.Bucket(bucketItems))
	})
}
