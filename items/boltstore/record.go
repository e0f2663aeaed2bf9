package boltstore

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"example.com/multistage/items"
)

// The file holds two buckets: bucketItems maps an id (8 bytes, big-endian, so
// that keys sort as ids do) to the CRC-32C of the item's JSON form (4 bytes,
// big-endian) and the form itself, and its sequence is the last id assigned;
// bucketMeta says what the file is.
var (
	bucketItems = []byte("items")
	bucketMeta  = []byte("meta")
	keyFormat   = []byte("format")
	format      = []byte("1")
)

// fillPercent is how full bbolt packs a page that it splits: quite, as ids ascend, so
// that a page is rarely written to after the next one has begun.
const fillPercent = 1.0

func key(id int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(id))
}

func keyID(k []byte) int64 {
	return int64(binary.BigEndian.Uint64(k))
}

// checksumLen is the number of bytes before what a stored value holds.
const checksumLen = 4

func checksum(content []byte) uint32 {
	return crc32.Checksum(content, crc32.MakeTable(crc32.Castagnoli)) // the table is made once
}

// seal writes the checksum of a value's content to the room of checksumLen bytes
// that is left before it.
func seal(value []byte) []byte {
	binary.BigEndian.PutUint32(value, checksum(value[checksumLen:]))
	return value
}

// unseal returns the content of a value whose checksum is right.
func unseal(value []byte) (content []byte, ok bool) {
	if len(value) < checksumLen || binary.BigEndian.Uint32(value) != checksum(value[checksumLen:]) {
		return nil, false
	}
	return value[checksumLen:], true
}

// encode returns the value that is stored for an item.
func encode(item items.Item) []byte {
	return seal(item.AppendJSON(make([]byte, checksumLen)))
}

// formWithoutText is about how many bytes of an item's form are not its name and
// description.
const formWithoutText = len(`{"id":1,"name":"","description":"","created_at":"2006-01-02T15:04:05.000000Z",` +
	`"updated_at":"2006-01-02T15:04:05.000000Z","version":1}`)

// decode reads the item that is stored under id.
func decode(id int64, value []byte) (items.Item, error) {
	form, err := checked(id, value)
	if err != nil {
		return items.Item{}, err
	}
	return decodeForm(id, form)
}

// decodeForm reads the item that is stored under id from its JSON form.
func decodeForm(id int64, form []byte) (items.Item, error) {
	item, ok := readCanonical(form)
	if !ok {
		if err := item.UnmarshalJSON(form); err != nil {
			return items.Item{}, fmt.Errorf("item %d is %w: %w", id, items.ErrDamaged, err)
		}
	}
	if item.ID != id {
		return items.Item{}, fmt.Errorf("item %d is %w: it says that it is item %d", id, items.ErrDamaged, item.ID)
	}
	return item, nil
}

// versionOf returns the version of the item that is stored under id.
func versionOf(id int64, form []byte) (version int64, err error) {
	version, ok := readCanonicalVersion(id, form)
	if !ok {
		item, err := decodeForm(id, form)
		return item.Version, err
	}
	return version, nil
}

// matches reports whether the name of the item that is stored under id matches. It
// reads no more than the name.
func matches(id int64, form []byte, matcher items.Matcher) (bool, error) {
	if matcher.MatchesAll() {
		return true, nil
	}
	name, known := readCanonicalName(id, form)
	if known {
		return matcher.Matches(string(name)), nil
	}
	item, err := decodeForm(id, form)
	return err == nil && matcher.Matches(item.Name), err
}

// checked returns the JSON form in a value.
func checked(id int64, value []byte) ([]byte, error) {
	form, ok := unseal(value)
	if !ok {
		return nil, fmt.Errorf("item %d is %w: its checksum is wrong", id, items.ErrDamaged)
	}
	return form, nil
}
