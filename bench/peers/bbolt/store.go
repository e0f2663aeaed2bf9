package main

import (
	"encoding/binary"

	bolt "go.etcd.io/bbolt"
)

// bucket maps an id (8 bytes, big-endian) to the item's JSON.
var bucket = []byte("items")

type store struct {
	db    *bolt.DB
	queue chan write
}

func newStore(db *bolt.DB) *store {
	s := &store{db, make(chan write)}
	go s.commit()
	return s
}

func key(id int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(id))
}
