package boltstore

import (
	"errors"
	"fmt"
	"io"

	bolt "go.etcd.io/bbolt"
)

// Stats says how large the database file is, and how much of it is free.
type Stats struct {
	// FileBytes is the size of the file.
	FileBytes int64
	// PageSize is the number of bytes of a page.
	PageSize int
	// FreePages is how many pages hold nothing, and are written to before the
	// file grows. Those that a reader of an older state may still need count
	// too.
	FreePages int64
}

// FreeBytes is the size of all free pages.
func (s Stats) FreeBytes() int64 { return s.FreePages * int64(s.PageSize) }

// Stats returns the figures of the last commit. It reads two pages, and holds no
// writer up.
//
// bbolt's own statistics are off, since they cost each reader two locks; they would
// tell no more, as the number of free pages stands in the file.
func (s *Store) Stats() (stats Stats, err error) {
	err = s.file.view(func(tx *bolt.Tx) error {
		stats, err = s.file.stats(tx)
		return err
	})
	return stats, err
}

func (f *file) stats(tx *bolt.Tx) (stats Stats, err error) {
	info, err := f.disk.Stat()
	if err != nil {
		return stats, err
	}
	m, err := metaOf(tx)
	if err != nil {
		return stats, err
	}
	// The list of free pages is not written over before tx ends, as all pages
	// that its state has in use.
	var head [pageHeaderLen + 8]byte
	_, err = f.disk.ReadAt(head[:], int64(m.freelist)*int64(m.pageSize))
	if err != nil && !errors.Is(err, io.EOF) {
		return stats, err
	}
	free, ok := freeCount(head[:])
	if !ok {
		return stats, fmt.Errorf("%w: page %d is no list of free pages", errDamaged, m.freelist)
	}
	return Stats{FileBytes: info.Size(), PageSize: int(m.pageSize), FreePages: int64(free)}, nil
}

// metaOf returns the meta page of a transaction, which bbolt shows nowhere but at
// the beginning of a copy.
func metaOf(tx *bolt.Tx) (m meta, err error) {
	var first firstWrite
	if _, err := tx.WriteTo(&first); !errors.Is(first.err, errEnough) {
		return m, fmt.Errorf("read the meta page: %w", err)
	}
	return first.meta, nil
}

// errEnough ends a copy of which only the first page was asked for.
var errEnough = errors.New("enough")

// firstWrite reads the meta page that is written to it first, and refuses more.
type firstWrite struct {
	meta meta
	err  error
}

func (w *firstWrite) Write(page []byte) (int, error) {
	var ok bool
	if w.meta, ok = parseMeta(page); !ok {
		w.err = fmt.Errorf("%w: no meta page", errDamaged)
	} else {
		w.err = errEnough
	}
	return 0, w.err
}
