package main

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"example.com/multistage/bench/peers/item"
)

// fillGroup is how many drafts a transaction of fill stores.
const fillGroup = 100_000

// fill stores the drafts that r has, and closes the database.
func (s *store) fill(ctx context.Context, r io.Reader) error {
	var tx *sql.Tx
	n := 0
	for d, err := range item.Drafts(r) {
		if err != nil {
			return err
		}
		if n%fillGroup == 0 {
			if tx, err = s.next(ctx, tx); err != nil {
				return err
			}
		}
		if _, err := insert(ctx, tx.StmtContext(ctx, s.into), d); err != nil {
			return err
		}
		n++
	}
	if tx != nil {
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return errors.Join(s.readers.Close(), s.writer.Close())
}

// next commits a transaction, if there is one, and begins another.
func (s *store) next(ctx context.Context, tx *sql.Tx) (*sql.Tx, error) {
	if tx != nil {
		if err := tx.Commit(); err != nil {
			return nil, err
		}
	}
	return s.writer.BeginTx(ctx, nil)
}
