package boltstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// Two buckets remember the keys of CreateOnce: bucketKeys maps a key to its
// keyRecord, and bucketExpiry has the time of the record (8 bytes, big-endian) and
// the key as its own keys, so that the oldest come first.
var (
	bucketKeys   = []byte("keys")
	bucketExpiry = []byte("expiry")
)

// maxExpired is how many keys that have expired a new one removes. It is more than
// one, so that they do not pile up.
const maxExpired = 2

// keyRecord is what is remembered of a CreateOnce. Together with the draft, which
// comes again, it is enough to make the item of then.
type keyRecord struct {
	draft   [sha256.Size]byte // the hash of the draft
	id      int64
	created time.Time
}

// keyRecordLen is the length of a record's form: checksum, hash, id, and the time
// in microseconds since 1970.
const keyRecordLen = checksumLen + sha256.Size + 8 + 8

func newKeyRecord(item items.Item) keyRecord {
	return keyRecord{item.Draft().Hash(), item.ID, item.CreatedAt}
}

func (r keyRecord) encode() []byte {
	b := make([]byte, checksumLen, keyRecordLen)
	b = append(b, r.draft[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.id))
	return seal(appendTime(b, r.created))
}

func decodeKeyRecord(value []byte) (r keyRecord, err error) {
	b, ok := unseal(value)
	if !ok || len(value) != keyRecordLen {
		return r, errors.New("the record of a key is damaged: its checksum is wrong")
	}
	b = b[copy(r.draft[:], b):]
	r.id = int64(binary.BigEndian.Uint64(b))
	r.created = readTime(b[8:])
	return r, nil
}

func appendTime(b []byte, t time.Time) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(t.UnixMicro()))
}

func readTime(b []byte) time.Time {
	return time.UnixMicro(int64(binary.BigEndian.Uint64(b))).UTC()
}

// recall returns the item that a CreateOnce with key made of d, if one did less
// than items.KeyTTL ago.
func recall(tx *bolt.Tx, key string, d items.Draft, now time.Time) (item items.Item, found bool, err error) {
	value := tx.Bucket(bucketKeys).Get([]byte(key))
	if value == nil {
		return items.Item{}, false, nil
	}
	r, err := decodeKeyRecord(value)
	switch {
	case err != nil:
		return items.Item{}, false, err
	case expired(r.created, now):
		return items.Item{}, false, nil
	case r.draft != d.Hash():
		return items.Item{}, false, items.ErrKeyReused
	}
	return items.New(r.id, d, r.created), true, nil
}

func expired(created, now time.Time) bool {
	return now.Sub(created) >= items.KeyTTL
}

// remember keeps the key of an item that was just created, and forgets a few of
// those that have expired.
func remember(tx *bolt.Tx, key string, item items.Item) error {
	if err := forgetExpired(tx, item.CreatedAt); err != nil {
		return err
	}
	keys, expiry := tx.Bucket(bucketKeys), tx.Bucket(bucketExpiry)
	if old := keys.Get([]byte(key)); old != nil { // expired, and not yet forgotten
		r, err := decodeKeyRecord(old)
		if err != nil {
			return err
		}
		if err := expiry.Delete(expiryKey(r.created, key)); err != nil {
			return err
		}
	}
	if err := keys.Put([]byte(key), newKeyRecord(item).encode()); err != nil {
		return err
	}
	return expiry.Put(expiryKey(item.CreatedAt, key), nil)
}

func expiryKey(created time.Time, key string) []byte {
	return append(appendTime(nil, created), key...)
}

// forgetExpired removes at most maxExpired keys that have expired.
func forgetExpired(tx *bolt.Tx, now time.Time) error {
	keys, expiry := tx.Bucket(bucketKeys), tx.Bucket(bucketExpiry)
	for range maxExpired {
		k, _ := expiry.Cursor().First()
		if k == nil {
			return nil
		}
		if len(k) < 8 {
			return fmt.Errorf("%w: %q is no time of a key", errDamaged, k)
		}
		if !expired(readTime(k), now) {
			return nil
		}
		k = bytes.Clone(k)
		if err := keys.Delete(k[8:]); err != nil {
			return err
		}
		if err := expiry.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
