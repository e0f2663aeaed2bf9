package boltstore

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"example.com/multistage/items"
)

// file is an open database file. Once it was found damaged it is touched no more:
// bbolt may have left a lock locked when it panicked, and a further call would
// wait for that lock for ever.
type file struct {
	db     *bolt.DB
	disk   *os.File // what db reads and writes; db closes it
	path   string
	opened os.FileInfo // of disk
	damage atomic.Pointer[error]

	readOnly bool

	readers readers

	unreleased atomic.Int64 // see passed
}

// read calls fn with a reader. One in which fn panics is used no more.
func (f *file) read(fn func(*reader) error) error {
	return f.run(func() (err error) {
		r, era := f.readers.take()
		if r == nil {
			if r, err = newReader(f.db); err != nil {
				return err
			}
		}
		err = fn(r)
		f.readers.put(r, era)
		return err
	})
}

// view runs a read transaction.
func (f *file) view(fn func(*bolt.Tx) error) error {
	return f.run(func() error { return f.db.View(fn) })
}

// update runs a write transaction. It writes nothing to a file that is no longer
// at its path, since no one would find it there.
func (f *file) update(fn func(*bolt.Tx) error) error {
	if err := f.inPlace(); err != nil {
		return err
	}
	return f.run(func() error {
		f.readers.pause()
		defer f.readers.resume()
		return f.db.Update(fn)
	})
}

// run calls fn, which uses the database, and says by items.ErrClosed that it is
// closed. Damage that fn finds is the last that is read of it.
func (f *file) run(fn func() error) error {
	if err := f.damaged(); err != nil {
		return err
	}
	err := guard(fn)
	switch {
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return items.ErrClosed
	case errors.Is(err, errDamaged):
		return f.spoil(err)
	}
	return err
}

// spoil notes that the file is damaged, and returns err with its path.
func (f *file) spoil(err error) error {
	err = fmt.Errorf("%s: %w", f.path, err)
	f.damage.CompareAndSwap(nil, &err)
	return err
}

// damaged returns what the first transaction to find the file damaged has found.
func (f *file) damaged() error {
	if err := f.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// errMoved says that a database is open that no one would find.
var errMoved = errors.New("the database file in use is no longer at its path")

// inPlace reports whether the file was removed or replaced while it is in use.
func (f *file) inPlace() error {
	now, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("%w: %w", errMoved, err)
	}
	if !os.SameFile(now, f.opened) {
		return fmt.Errorf("%w: another file is at %s", errMoved, f.path)
	}
	return nil
}
