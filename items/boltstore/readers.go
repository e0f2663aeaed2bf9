package boltstore

import (
	"bytes"
	"encoding/binary"
	"sync"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// maxIdle is how many read transactions are kept at the most. Reads wait for
// nothing but the disk, so that few of them run at once.
const maxIdle = 16

// readers keep read transactions for further reads while nothing is written: to
// begin one takes longer than to read an item, and a dozen allocations. None is
// kept during a write, since it would hold back pages that are let go of, and the
// map that a file outgrows.
type readers struct {
	mu   sync.Mutex
	idle []*reader
	// era grows when a write begins and when it ends, and is odd in between. A
	// reader sees the last write only if it has begun since.
	era int64
}

// reader is a read transaction. One goroutine uses it at a time.
type reader struct {
	tx     *bolt.Tx
	items  *bolt.Bucket
	cursor *bolt.Cursor // of items
	key    [8]byte
}

func newReader(db *bolt.DB) (*reader, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return nil, err
	}
	b := tx.Bucket(bucketItems)
	return &reader{tx: tx, items: b, cursor: b.Cursor()}, nil
}

// seek moves the cursor to the item with the given id, or the next there is.
func (r *reader) seek(id int64) (k, value []byte) {
	binary.BigEndian.PutUint64(r.key[:], uint64(id))
	return r.cursor.Seek(r.key[:])
}

// form returns the JSON form of the item with the given id. It is valid as long as
// the reader is used.
func (r *reader) form(id int64) ([]byte, error) {
	k, value := r.seek(id)
	if !bytes.Equal(k, r.key[:]) {
		return nil, items.ErrNotFound
	}
	return checked(id, value)
}

// take returns a reader of the present state, or nil where none is kept, and the
// era for put.
func (r *readers) take() (kept *reader, era int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if last := len(r.idle) - 1; last >= 0 {
		kept = r.idle[last]
		r.idle = r.idle[:last]
	}
	return kept, r.era
}

// put keeps or ends a reader that was taken, or has begun, in or after the given
// era.
func (r *readers) put(used *reader, era int64) {
	if !r.keep(used, era) {
		// Not under the lock: where a new map or Close waits for all transactions, the
		// first to end waits for that, and the others would wait for the lock.
		_ = used.tx.Rollback()
	}
}

// keep reports whether a reader is kept.
func (r *readers) keep(used *reader, era int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if era != r.era || era%2 != 0 || len(r.idle) >= maxIdle {
		return false
	}
	r.idle = append(r.idle, used)
	return true
}

// pause ends all readers that are kept, and keeps none until resume.
func (r *readers) pause() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, kept := range r.idle {
		_ = kept.tx.Rollback()
	}
	clear(r.idle)
	r.idle = r.idle[:0]
	r.era++
}

// resume lets readers be kept that begin from now on.
func (r *readers) resume() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.era++
}
