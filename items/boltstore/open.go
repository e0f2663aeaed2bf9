package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	// lockTimeout is how long Open waits for another process to let go of the
	// file.
	lockTimeout = time.Second

	// mapSize is the address space reserved for the file: 64 GiB where it is 64
	// bits wide, nothing where it is 32. bbolt maps anew when the file outgrows
	// its map, and then writers and readers wait for each other. Address space
	// costs no memory.
	mapSize = math.MaxInt >> 27

	// allocSize is by how much the file grows: 1 MiB.
	allocSize = 1 << 20
)

// Open opens the database file at path, and makes it when it does not exist, unless it
// is to be read only; its directory must.
//
// The file is locked while the store is open; Open waits up to one second for
// another process to release it. An error names the file and the remedy, and
// leaves an existing file as it was.
func Open(path string, o Options) (*Store, error) {
	o.setDefaults()
	isNew, err := inspect(path)
	if err != nil {
		return nil, err
	}
	if isNew && o.ReadOnly {
		return nil, fmt.Errorf("%s does not exist: name a file that is there", path)
	}
	f := &file{path: path, readOnly: o.ReadOnly}
	if err := guard(f.open); err != nil {
		if f.db != nil {
			f.db.Close()
		}
		if isNew && isFull(err) {
			removePartial(path)
		}
		return nil, explain(path, err)
	}
	return &Store{file: f, now: o.Now, committer: newCommitter(f, o.Committed)}, nil
}

// open opens the file and makes sure that it is a whole database.
func (f *file) open() (err error) {
	if f.readOnly && isEmpty(f.path) {
		return errForeign // which bbolt would make a database
	}
	if err = f.openDB(); err != nil {
		return err
	}
	if f.opened, err = f.disk.Stat(); err != nil {
		return err
	}
	// A restore may have put another file there while this waited for the lock.
	if err := f.inPlace(); err != nil {
		return err
	}
	if f.readOnly {
		return f.db.View(check)
	}
	if err := prepare(f.db); err != nil {
		return err
	}
	return syncDir(filepath.Dir(f.path))
}

func isEmpty(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() == 0
}

// removePartial removes a new file that a full disk kept from becoming a database,
// which has at least four pages, so that it does not look like a damaged one later.
func removePartial(path string) {
	info, err := os.Stat(path)
	if err == nil && info.Size() < int64(4*os.Getpagesize()) {
		_ = os.Remove(path)
	}
}

// inspect reports whether there is no file at path yet, and why there can't be a
// database there.
func inspect(path string) (isNew bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		dir := filepath.Dir(path)
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return false, fmt.Errorf("%s: the directory %s does not exist: create it, or name another file", path, dir)
		}
		return true, nil
	}
	if err != nil {
		return false, explain(path, err)
	}
	if !info.Mode().IsRegular() {
		return false, fmt.Errorf("%s is not a regular file: name a file for the database", path)
	}
	return false, nil
}

// openDB opens the file with bbolt. The list of free pages is kept in memory and
// written with each commit too. Not to write it would save a page a commit, but
// then bbolt walks the whole file to find it when it opens after a crash and when
// a commit fails, in a goroutine whose panic at a damaged page ends the process.
func (f *file) openDB() (err error) {
	f.db, err = bolt.Open(f.path, 0o600, &bolt.Options{
		Timeout:         lockTimeout,
		InitialMmapSize: mapSize,
		FreelistType:    bolt.FreelistMapType,
		NoStatistics:    true, // they cost each reader two locks
		ReadOnly:        f.readOnly,
		OpenFile: func(path string, flag int, mode os.FileMode) (*os.File, error) {
			f.disk, err = os.OpenFile(path, flag, mode)
			return f.disk, err
		},
	})
	if err != nil {
		return err
	}
	f.db.AllocSize = allocSize
	return nil
}

// errForeign says that a file is a bbolt database of another program.
var errForeign = errors.New("not a database of items")

// prepare makes the buckets of an empty database, and checks those of another. One
// that was written before keys were kept gets the buckets of these.
func prepare(db *bolt.DB) error {
	empty, whole := false, false
	err := db.View(func(tx *bolt.Tx) error {
		if k, _ := tx.Cursor().First(); k == nil {
			empty = true
			return nil
		}
		whole = tx.Bucket(bucketKeys) != nil && tx.Bucket(bucketExpiry) != nil
		return check(tx)
	})
	if err != nil || whole {
		return err
	}
	if !empty {
		return db.Update(makeBuckets)
	}
	// Nothing can be lost before there are buckets: one flush in place of three.
	db.NoSync, db.NoGrowSync = true, true
	err = db.Update(makeBuckets)
	db.NoSync, db.NoGrowSync = false, false
	return errors.Join(err, db.Sync())
}

func makeBuckets(tx *bolt.Tx) error {
	for _, name := range [][]byte{bucketItems, bucketMeta, bucketKeys, bucketExpiry} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return tx.Bucket(bucketMeta).Put(keyFormat, format)
}

// check tells a whole database of this package from another file. It looks at
// the file's length, its format, and its first and last item, so that the time
// it takes does not depend on their number.
func check(tx *bolt.Tx) error {
	info, err := os.Stat(tx.DB().Path())
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return fmt.Errorf("%w: it has %d bytes of at least %d", errDamaged, info.Size(), tx.Size())
	}
	meta, rows := tx.Bucket(bucketMeta), tx.Bucket(bucketItems)
	if meta == nil || rows == nil {
		return errForeign
	}
	if got := meta.Get(keyFormat); !bytes.Equal(got, format) {
		return fmt.Errorf("%w: its format is %q, and this version reads %q", errForeign, got, format)
	}
	c := rows.Cursor()
	for _, end := range []func() ([]byte, []byte){c.First, c.Last} {
		k, v := end()
		if k == nil {
			return nil
		}
		if len(k) != 8 {
			return fmt.Errorf("%w: %q is no key of an item", errDamaged, k)
		}
		if _, err := decode(keyID(k), v); err != nil {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
	}
	return nil
}

// explain adds to an error of opening path what its user can do.
func explain(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%s is locked by %s: stop it, or name another file", path, holder(path))
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: let the user with id %d read and write the file and its directory, or name another file", err, os.Geteuid())
	case errors.Is(err, errMoved):
		return fmt.Errorf("%s: %w: start again", path, err)
	case errors.Is(err, errForeign):
		return fmt.Errorf("%s is %w: name another file", path, err)
	case isFull(err):
		return fmt.Errorf("%s: %w: make room for the database, or name another file", path, err)
	case errors.Is(err, syscall.ENOMEM):
		return fmt.Errorf("%s: %w: the process needs %d GiB of address space (ulimit -v)", path, err, mapSize>>30+1)
	case isSystemError(err):
		if _, ok := errors.AsType[*fs.PathError](err); !ok {
			err = fmt.Errorf("%s: %w", path, err)
		}
		return fmt.Errorf("%w: name another file", err)
	}
	return fmt.Errorf("%s can't be read (%w): restore it from a backup, or name another file", path, err)
}

// isSystemError reports whether err comes from the operating system. All other
// errors of opening are about what bbolt finds in the file.
func isSystemError(err error) bool {
	_, ok := errors.AsType[syscall.Errno](err)
	return ok
}

// syncDir makes the names of the files in dir durable. A crash may have come
// between the making of a file and this, so that it is done each time.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
