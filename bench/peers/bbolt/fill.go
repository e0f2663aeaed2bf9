package main

import (
	"errors"
	"io"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/bench/peers/item"
)

// fillGroup is how many drafts a transaction of fill stores.
const fillGroup = 10_000

// fill stores the drafts that r has, and closes db.
func fill(db *bolt.DB, r io.Reader) error {
	var group []item.Draft
	flush := func() error {
		defer func() { group = group[:0] }()
		return db.Update(func(tx *bolt.Tx) error {
			for _, d := range group {
				if _, err := put(tx.Bucket(bucket), d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for d, err := range item.Drafts(r) {
		if err != nil {
			return err
		}
		if group = append(group, d); len(group) == fillGroup {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return errors.Join(flush(), db.Close())
}
