package boltstore

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
)

// file is an open database file. Once it was found damaged it is touched no more:
// bbolt may have left a lock locked when it panicked, and a further call would
// wait for that lock for ever.
type file struct {
	db     *bolt.DB
	path   string
	opened os.FileInfo // what was at path when the file was opened
	damage atomic.Pointer[error]
}

// view runs a read transaction.
func (f *file) view(fn func(*bolt.Tx) error) error {
	return f.run(f.db.View, fn)
}

// update runs a write transaction. It writes nothing to a file that is no longer
// at its path, since no one would find it there.
func (f *file) update(fn func(*bolt.Tx) error) error {
	if err := f.inPlace(); err != nil {
		return err
	}
	return f.run(f.db.Update, fn)
}

func (f *file) run(transaction func(func(*bolt.Tx) error) error, fn func(*bolt.Tx) error) error {
	if err := f.damaged(); err != nil {
		return err
	}
	err := guard(func() error { return transaction(fn) })
	if errors.Is(err, errDamaged) {
		err = fmt.Errorf("%s: %w", f.path, err)
		f.damage.CompareAndSwap(nil, &err)
	}
	return err
}

// damaged returns what the first transaction to find the file damaged has found.
func (f *file) damaged() error {
	if err := f.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// inPlace reports whether the file was removed or replaced while it is in use.
func (f *file) inPlace() error {
	now, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("the database file in use is no longer at its path: %w", err)
	}
	if !os.SameFile(now, f.opened) {
		return fmt.Errorf("the database file in use is no longer at its path: another file is at %s", f.path)
	}
	return nil
}
