package boltstore

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// PutItems stores items as they are, with their ids, times and versions, all of them or
// none, and returns once they are durable. Their ids ascend, and are above those of all
// items that the store has. Ids that it assigns later are above them. One commit carries
// all of them, and so takes memory as they do.
//
// Errors: [items.ErrFull]; an id that is out of order names itself.
func (s *Store) PutItems(ctx context.Context, all []items.Item) error {
	return s.committer.doBatch(ctx, len(all), func(b *bolt.Bucket) error { return s.put(b, all) })
}

// put stores items as they are.
func (s *Store) put(b *bolt.Bucket, all []items.Item) error {
	last, err := lastItem(b), error(nil)
	for _, item := range all {
		if last, err = follow(last, item.ID); err != nil {
			return err
		}
	}
	size := 0
	for _, item := range all {
		value := encode(item)
		if err := b.Put(key(item.ID), value); err != nil {
			return fault{err}
		}
		size += len(value)
	}
	s.file.passed(b.Tx(), size)
	return raise(b, last)
}

// lastItem returns the id of the last item, or 0 where there is none.
func lastItem(b *bolt.Bucket) int64 {
	k, _ := b.Cursor().Last()
	if k == nil {
		return 0
	}
	return keyID(k)
}

// follow returns id, which must be one that can come after last.
func follow(last, id int64) (int64, error) {
	if id <= last || id > items.MaxID {
		return 0, fmt.Errorf("item %d can't come after item %d", id, last)
	}
	return id, nil
}

// LastID returns the largest id ever assigned, be its item there or not, and 0 where
// none was.
func (s *Store) LastID(ctx context.Context) (last int64, err error) {
	err = s.read(ctx, func(r *reader) error {
		last = int64(r.items.Sequence())
		return nil
	})
	return last, err
}

// RaiseLastID makes id the largest that was ever assigned, unless a larger one was, and
// returns once that is durable. It is at most [items.MaxID].
//
// Errors: [items.ErrFull].
func (s *Store) RaiseLastID(ctx context.Context, id int64) error {
	if id > items.MaxID {
		return fmt.Errorf("no id can be %d", id)
	}
	return s.committer.do(ctx, func(b *bolt.Bucket) error { return raise(b, id) })
}

// raise makes id the largest that was ever assigned, unless a larger one was.
func raise(b *bolt.Bucket, id int64) error {
	if id <= int64(b.Sequence()) {
		return nil
	}
	if err := b.SetSequence(uint64(id)); err != nil {
		return fault{err}
	}
	return nil
}
