package boltstore

import (
	"fmt"
	"testing"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// TestBytesOfAnItem holds what an item of usual size takes of the file, its share of
// the pages above it and what stays empty in its own among it.
func TestBytesOfAnItem(t *testing.T) {
	const count, most = 20 * maxGroup, 250
	s := newStore(t)
	drafts := make([]items.Draft, maxGroup)
	for i := range drafts {
		drafts[i] = items.Draft{Name: fmt.Sprintf("Item number %06d", i), Description: "A description that says some things about an item"}
	}
	for range count / len(drafts) {
		if _, err := s.CreateBatch(t.Context(), drafts); err != nil {
			t.Fatal(err)
		}
	}
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	err = s.file.view(func(tx *bolt.Tx) error {
		if each := (tx.Size() - stats.FreeBytes()) / count; each > most {
			t.Errorf("an item takes %d bytes, want at most %d", each, most)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
