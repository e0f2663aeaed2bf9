package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"

	"example.com/multistage/items"
)

// records checks the records of a database as a whole.
type records struct {
	count    int    // of items
	last     int64  // the last id
	lastKey  int64  // the last id that a key says it made
	sequence uint64 // the last id assigned
	found    map[string]bool

	// Each key is in two buckets. That these hold the same is seen by the sum of
	// the hashes of their keys, whatever their order.
	seed         maphash.Seed
	keys, expiry uint64
}

func newRecords() *records {
	return &records{found: make(map[string]bool), seed: maphash.MakeSeed()}
}

// bucket returns the check of the records of a bucket.
func (r *records) bucket(name []byte, sequence uint64) (func(key, value []byte) error, error) {
	r.found[string(name)] = true
	switch {
	case bytes.Equal(name, bucketItems):
		r.sequence = sequence
		return r.item, nil
	case bytes.Equal(name, bucketMeta):
		return r.meta, nil
	case bytes.Equal(name, bucketKeys):
		return r.key, nil
	case bytes.Equal(name, bucketExpiry):
		return r.expires, nil
	}
	return nil, errForeign
}

func (r *records) item(k, value []byte) error {
	if len(k) != 8 || keyID(k) < 1 || keyID(k) > items.MaxID {
		return fmt.Errorf("%w: %q is no key of an item", errDamaged, k)
	}
	r.last = keyID(k)
	r.count++
	if _, err := decode(r.last, value); err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return nil
}

func (r *records) meta(k, value []byte) error {
	if !bytes.Equal(k, keyFormat) || !bytes.Equal(value, format) {
		return fmt.Errorf("%w: its %q is %q, and this version reads %q", errForeign, k, value, format)
	}
	return nil
}

func (r *records) key(k, value []byte) error {
	record, err := decodeKeyRecord(value)
	if err == nil && (len(k) < 1 || len(k) > items.MaxKeyLen) {
		err = errors.New("a key has no length that can be")
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	r.lastKey = max(r.lastKey, record.id)
	r.keys += maphash.Bytes(r.seed, expiryKey(record.created, string(k)))
	return nil
}

func (r *records) expires(k, _ []byte) error {
	r.expiry += maphash.Bytes(r.seed, k)
	return nil
}

// finish checks what holds of all records together.
func (r *records) finish() error {
	switch {
	case !r.found[string(bucketItems)] || !r.found[string(bucketMeta)]:
		return errForeign
	case r.found[string(bucketKeys)] != r.found[string(bucketExpiry)] || r.keys != r.expiry:
		return fmt.Errorf("%w: the times of the keys are not those of the keys", errDamaged)
	case r.sequence > items.MaxID || max(r.last, r.lastKey) > int64(r.sequence):
		return fmt.Errorf("%w: the last id assigned is not %d", errDamaged, r.sequence)
	}
	return nil
}
