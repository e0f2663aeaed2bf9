package pgstore

import (
	"context"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// read runs statements that change nothing.
func (s *Store) read(ctx context.Context, statements func(context.Context, *pgconn.PgConn) error) error {
	if err := s.call(ctx, harmless, statements); err != nil {
		return err
	}
	return ctx.Err()
}

// Get implements [items.Store].
func (s *Store) Get(ctx context.Context, id int64) (item items.Item, err error) {
	found := false
	err = s.read(ctx, func(ctx context.Context, conn *pgconn.PgConn) error {
		return query(ctx, conn, statementGet, [][]byte{intValue(id)}, func(r row) { item, found = r.item(), true })
	})
	if err == nil && !found {
		err = items.ErrNotFound
	}
	return item, err
}

// AppendItem implements [items.Store].
func (s *Store) AppendItem(ctx context.Context, b []byte, id int64) (form []byte, version int64, err error) {
	item, err := s.Get(ctx, id)
	if err != nil {
		return b, 0, err
	}
	return item.AppendJSON(b), item.Version, nil
}

// AppendList implements [items.Store].
func (s *Store) AppendList(ctx context.Context, b []byte, q items.Query) (array []byte, next int64, err error) {
	page, err := s.List(ctx, q)
	if err != nil {
		return b, 0, err
	}
	b = append(b, '[')
	for i, item := range page.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = item.AppendJSON(b)
	}
	return append(b, ']'), page.Next, nil
}
