package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Restore makes backup, a copy that [Store.Snapshot] wrote, the database at path,
// and returns the number of its items. It checks each page and record first. That
// there is a database at path already is [ErrExists], unless it is to be replaced; one
// that a store has open never is.
//
// The backup is copied to a temporary file beside path, with path's name, ".restore-",
// a number and ".tmp", which takes the place of path in one step. Before that an
// error leaves path as it was, and no temporary file. One that a killed Restore
// leaves is never read, and the next Restore that succeeds removes it.
//
// progress, unless nil, is told now and then how many bytes have been copied. An
// error names path and, but for ErrExists, a remedy; ctx.Err() ends a Restore too.
func Restore(ctx context.Context, path string, backup io.Reader, replace bool, progress func(bytes int64)) (count int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	isNew, err := inspect(path)
	if err != nil {
		return 0, err
	}
	if to, err := os.Readlink(path); isNew && err == nil {
		return 0, fmt.Errorf("%s is a symbolic link to %s, where there is no file: remove the link, or name another file", path, to)
	}
	put := link
	if !isNew {
		if !replace {
			return 0, errExists(path)
		}
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return 0, explain(path, err)
		}
		unlock, err := lock(path)
		if err != nil {
			return 0, explain(path, err)
		}
		defer unlock()
		put = os.Rename
	}
	count, err = restore(ctx, path, watchedReader{ctx, backup, progress, new(int64)}, put)
	switch {
	case err == nil:
		removeLeftovers(path)
	case ctx.Err() == nil:
		err = explainRestore(path, err)
	}
	return count, err
}

// ErrExists says that a Restore which may replace no database found one.
var ErrExists = errors.New("exists already")

func errExists(path string) error {
	return fmt.Errorf("%s %w", path, ErrExists)
}

// restore copies backup, checks the copy, and puts it at path.
func restore(ctx context.Context, path string, backup io.Reader, put func(from, to string) error) (count int, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+leftoverBegin+"*"+leftoverEnd) // its mode is 0600
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) // which is gone where all went well
	defer f.Close()
	if unlock, err := lock(f.Name()); err == nil { // so that no other takes it for a leftover
		defer unlock()
	}
	size, err := io.CopyBuffer(struct{ io.Writer }{f}, backup, make([]byte, copySize))
	if err != nil {
		return 0, err
	}
	if count, err = verify(ctx, f, size); err != nil {
		return 0, err
	}
	if err := f.Sync(); err != nil {
		return 0, err
	}
	if err := put(f.Name(), path); err != nil {
		return 0, err
	}
	return count, syncDir(filepath.Dir(path))
}

// copySize is how many bytes are copied at a time.
const copySize = 1 << 20

// link puts a file at a path where there is none, which a rename does not make
// sure of. The name that it had stays.
func link(from, to string) error { return os.Link(from, to) }

// explainRestore adds to an error of restoring to path what its user can do.
func explainRestore(path string, err error) error {
	read, ok := errors.AsType[readError](err)
	switch {
	case ok:
		return fmt.Errorf("%s stays as it was: the backup can't be read: %w: use another one", path, read.error)
	case errors.Is(err, fs.ErrExist):
		return errExists(path)
	case errors.Is(err, errForeign), errors.Is(err, errDamaged), errors.Is(err, errTruncated):
		return fmt.Errorf("%s stays as it was: the backup can't be used: %w: use another one", path, err)
	}
	return explain(path, err)
}

// readError is an error of reading a backup.
type readError struct{ error }

func (e readError) Unwrap() error { return e.error }

// watchedReader reads from r until ctx ends, and tells of its progress.
type watchedReader struct {
	ctx      context.Context
	r        io.Reader
	progress func(int64)
	read     *int64
}

func (w watchedReader) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.r.Read(p)
	*w.read += int64(n)
	if w.progress != nil && n > 0 {
		w.progress(*w.read)
	}
	if err != nil && err != io.EOF {
		err = readError{err}
	}
	return n, err
}
