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
	err = s.read(ctx, func(r *reader) error {
		form, err := r.form(id)
		if err == nil {
			item, err = decodeForm(id, form)
		}
		return err
	})
	return item, err
}

// AppendItem implements [items.Store].
func (s *Store) AppendItem(ctx context.Context, b []byte, id int64) (form []byte, version int64, err error) {
	err = s.read(ctx, func(r *reader) error {
		stored, err := r.form(id)
		if err != nil {
			return err
		}
		version, err = versionOf(id, stored)
		form = append(b, stored...)
		return err
	})
	return form, version, err
}

// Ready implements [items.Store].
func (s *Store) Ready(ctx context.Context) error {
	if err := s.file.inPlace(); err != nil {
		return err
	}
	return s.read(ctx, func(*reader) error { return nil })
}

// Close implements [items.Store].
func (s *Store) Close() error {
	if err := s.file.damaged(); err != nil {
		return err
	}
	if !s.committer.close() {
		return nil
	}
	s.file.readers.pause()
	if err := s.file.db.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// read calls fn with a reader.
func (s *Store) read(ctx context.Context, fn func(*reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.file.read(fn)
}
