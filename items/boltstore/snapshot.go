package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io"

	bolt "go.etcd.io/bbolt"
)

// Snapshot calls fn with a consistent copy of the database file, as [Restore]
// takes it, and its size in bytes. It holds no reader or writer up. Until fn
// returns, pages that are let go of are not used again, so that the file grows by
// what is written meanwhile, and Close waits.
//
// An error of fn is returned. The copy ends with ctx.Err() when ctx ends, which a
// writer that blocks doesn't notice.
func (s *Store) Snapshot(ctx context.Context, fn func(size int64, snapshot io.WriterTo) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := s.file.begin()
	if err != nil {
		return err
	}
	// What fn panics with is no damage of the file, so that no guard is around it.
	// The copy needs none: it reads the file, and not the map.
	defer func() { _ = tx.Rollback() }()
	return fn(tx.Size(), &snapshot{ctx: ctx, file: s.file, tx: tx})
}

// begin starts a read transaction.
func (f *file) begin() (tx *bolt.Tx, err error) {
	err = f.run(func() error {
		tx, err = f.db.Begin(false)
		return err
	})
	return tx, err
}

// snapshot copies the state of a transaction.
type snapshot struct {
	ctx  context.Context
	file *file
	tx   *bolt.Tx
}

// WriteTo implements [io.WriterTo].
func (s *snapshot) WriteTo(w io.Writer) (int64, error) {
	to := &watchedWriter{ctx: s.ctx, w: w}
	n, err := s.tx.WriteTo(to)
	switch {
	case to.err != nil:
		return n, to.err
	case errors.Is(err, io.EOF):
		return n, s.file.run(func() error {
			return fmt.Errorf("%w: it has less than %d bytes", errDamaged, s.tx.Size())
		})
	}
	return n, err
}

// watchedWriter writes to w until ctx ends, and tells an error of it from those of
// the reader in a copy.
type watchedWriter struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (w *watchedWriter) Write(p []byte) (n int, err error) {
	if w.err = w.ctx.Err(); w.err != nil {
		return 0, w.err
	}
	n, w.err = w.w.Write(p)
	return n, w.err
}
