package pgstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// errOrder says that items that were to be put do not follow those that are there.
var errOrder = errors.New("the ids of the items do not ascend from above those that are there")

// PutItems stores items as they are, with their ids, times and versions, all of them or
// none, and returns once they are durable. Their ids ascend, and are above those of all
// items that the store has. Ids that it assigns later are above them.
//
// Errors: [items.ErrFull]; that an id is out of order.
func (s *Store) PutItems(ctx context.Context, all []items.Item) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if len(all) == 0 {
		return nil
	}
	for i, item := range all {
		if item.ID < 1 || item.ID > items.MaxID || i > 0 && item.ID <= all[i-1].ID {
			return fmt.Errorf("%w: item %d", errOrder, item.ID)
		}
	}
	values := putValues(all)
	return s.do(ctx, harmful, func(ctx context.Context, conn *pgconn.PgConn) error {
		tag, err := conn.ExecStatement(ctx, known(statementPut), values, binaryFormat, binaryFormat).Close()
		if err == nil && tag.RowsAffected() != int64(len(all)) {
			return fmt.Errorf("%w: item %d", errOrder, all[0].ID)
		}
		return err
	})
}

// putValues returns items as statementPut takes them, in columns.
func putValues(all []items.Item) [][]byte {
	column := func(oid uint32, value func(items.Item) []byte) []byte {
		return arrayValue(oid, len(all), func(i int) []byte { return value(all[i]) })
	}
	return [][]byte{
		column(oidInt8, func(item items.Item) []byte { return intValue(item.ID) }),
		column(oidText, func(item items.Item) []byte { return []byte(item.Name) }),
		column(oidText, func(item items.Item) []byte { return []byte(items.Fold(item.Name)) }),
		column(oidText, func(item items.Item) []byte { return []byte(item.Description) }),
		column(oidTimestamptz, func(item items.Item) []byte { return timeValue(item.CreatedAt) }),
		column(oidTimestamptz, func(item items.Item) []byte { return timeValue(item.UpdatedAt) }),
		column(oidInt8, func(item items.Item) []byte { return intValue(item.Version) }),
		intValue(all[0].ID),
		intValue(all[len(all)-1].ID),
	}
}

// LastID returns the largest id ever assigned, be its item there or not, and 0 where
// none was.
func (s *Store) LastID(ctx context.Context) (id int64, err error) {
	err = s.read(ctx, func(ctx context.Context, conn *pgconn.PgConn) error {
		return query(ctx, conn, statementLast, nil, func(r row) { id = r.int(0) })
	})
	return id, err
}

// RaiseLastID makes id the largest that was ever assigned, unless a larger one was, and
// returns once that is durable. It is at most [items.MaxID].
func (s *Store) RaiseLastID(ctx context.Context, id int64) error {
	if id > items.MaxID {
		return fmt.Errorf("no id can be %d", id)
	}
	return s.call(ctx, harmless, func(ctx context.Context, conn *pgconn.PgConn) error {
		return query(ctx, conn, statementRaise, [][]byte{intValue(id)}, func(row) {})
	})
}
