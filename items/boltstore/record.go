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

// fillPercent is how full bbolt packs a page that it splits. Ids ascend, so
// that a page is rarely written to after the next one has begun.
const fillPercent = 0.9

func key(id int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(id))
}

func keyID(k []byte) int64 {
	return int64(binary.BigEndian.Uint64(k))
}

// checksumLen is the number of bytes before the JSON form.
const checksumLen = 4

func checksum(form []byte) uint32 {
	return crc32.Checksum(form, crc32.MakeTable(crc32.Castagnoli)) // the table is made once
}

// encode returns the value that is stored for an item.
func encode(item items.Item) []byte {
	value := item.AppendJSON(make([]byte, checksumLen))
	binary.BigEndian.PutUint32(value, checksum(value[checksumLen:]))
	return value
}

// decode reads the item that is stored under id.
func decode(id int64, value []byte) (items.Item, error) {
	var item items.Item
	if len(value) < checksumLen || binary.BigEndian.Uint32(value) != checksum(value[checksumLen:]) {
		return items.Item{}, fmt.Errorf("item %d is damaged: its checksum is wrong", id)
	}
	if err := item.UnmarshalJSON(value[checksumLen:]); err != nil {
		return items.Item{}, fmt.Errorf("item %d is damaged: %w", id, err)
	}
	if item.ID != id {
		return items.Item{}, fmt.Errorf("item %d is damaged: it says that it is item %d", id, item.ID)
	}
	return item, nil
}
