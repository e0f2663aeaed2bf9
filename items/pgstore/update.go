package pgstore

import (
	"context"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// Update implements [items.Store].
func (s *Store) Update(ctx context.Context, id, version int64, d items.Draft) (item items.Item, err error) {
	if err := d.Validate(); err != nil {
		return item, err
	}
	values := [][]byte{
		intValue(id), intValue(version), []byte(d.Name), []byte(items.Fold(d.Name)), []byte(d.Description), timeValue(s.options.Now()),
	}
	var before items.Item
	for settled := false; !settled && err == nil; {
		item = items.Item{}
		before, err = s.change(ctx, id, statement{statementUpdate, values, func(r row) { item = r.item() }})
		// An item that should have been changed, and is not, came to be so meanwhile.
		settled = item.ID != 0 || before.ID == 0 || version != items.AnyVersion && before.Version != version || before.Draft() == d
	}
	switch {
	case err != nil:
		return items.Item{}, err
	case item.ID != 0:
		return item, nil
	case before.ID == 0:
		return item, items.ErrNotFound
	case version != items.AnyVersion && before.Version != version:
		return item, items.ErrVersion
	}
	return before, nil // d changes nothing
}

// Delete implements [items.Store].
func (s *Store) Delete(ctx context.Context, id, version int64) error {
	deleted := false
	left, err := s.change(ctx, id, statement{statementDelete, [][]byte{intValue(id), intValue(version)}, func(row) { deleted = true }})
	switch {
	case err != nil || deleted:
		return err
	case left.ID == 0:
		return items.ErrNotFound
	}
	return items.ErrVersion
}

// change runs a statement that changes an item, and returns the item as it is after it,
// if there is one.
func (s *Store) change(ctx context.Context, id int64, change statement) (after items.Item, err error) {
	err = s.call(ctx, harmful, func(ctx context.Context, conn *pgconn.PgConn) error {
		after = items.Item{}
		return queryAll(ctx, conn, change,
			statement{statementGet, [][]byte{intValue(id)}, func(r row) { after = r.item() }})
	})
	return after, err
}
