package pgstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// errNoID says that all ids are assigned.
var errNoID = fmt.Errorf("%w: there are no ids up to %d left", items.ErrFull, int64(items.MaxID))

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
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if len(drafts) == 0 {
		return nil, nil
	}
	wish := newCreation(nil, drafts...)
	if err := s.creators.do(ctx, wish); err != nil {
		return nil, err
	}
	return wish.created, nil
}

// CreateOnce implements [items.Store].
func (s *Store) CreateOnce(ctx context.Context, key string, d items.Draft) (item items.Item, replayed bool, err error) {
	if err := items.CheckKey(key); err != nil {
		return item, false, err
	}
	if err := d.Validate(); err != nil {
		return item, false, err
	}
	leave, err := s.enter(ctx)
	if err != nil {
		return item, false, err
	}
	defer leave()
	ctx, cancel := s.limit(ctx)
	defer cancel()
	var unknown error // of an attempt that may have made the item
	for {
		item, replayed, err = s.createOnce(ctx, key, d)
		switch {
		case errors.Is(err, errUnknown): // with its key another attempt makes no second item
			unknown = err
		case errors.Is(err, errKeyGone):
		case unknown != nil && (errors.Is(err, items.ErrUnavailable) || err != nil && ctx.Err() != nil):
			return item, false, unknown
		default:
			return item, replayed, err
		}
		if ctx.Err() != nil {
			return item, false, cmp.Or(unknown, explain(ctx, err))
		}
	}
}

// errKeyGone says that a key that was there expired before it could be read.
var errKeyGone = errors.New("the key has expired meanwhile")

func (s *Store) createOnce(ctx context.Context, key string, d items.Draft) (item items.Item, replayed bool, err error) {
	wish := newCreation([]byte(key), d)
	if err := s.creators.do(ctx, wish); err != nil {
		return item, false, err
	}
	if len(wish.created) > 0 {
		return wish.created[0], false, nil
	}
	item, err = s.recall(ctx, key, d)
	return item, err == nil, err
}

// recall returns the item that an earlier CreateOnce with key made of d.
func (s *Store) recall(ctx context.Context, key string, d items.Draft) (item items.Item, err error) {
	values := [][]byte{[]byte(key), timeValue(s.options.Now().Add(-items.KeyTTL))}
	var outcome error
	err = s.do(ctx, harmless, func(ctx context.Context, conn *pgconn.PgConn) error {
		item, outcome = items.Item{}, errKeyGone
		return queryAll(ctx, conn,
			statement{statementLast, nil, func(r row) {
				if r.int(0) >= items.MaxID { // why there is no key
					outcome = errNoID
				}
			}},
			statement{statementKey, values, func(r row) {
				item, outcome = items.New(r.int(1), d, r.time(2)), nil
				if hash := d.Hash(); !bytes.Equal(r[0], hash[:]) {
					item, outcome = items.Item{}, items.ErrKeyReused
				}
			}})
	})
	if err != nil {
		return items.Item{}, err
	}
	return item, outcome
}
