package boltstore

import bolt "go.etcd.io/bbolt"

// releaseAfter is how many bytes of records are passed before the map is let go
// of: 8 MiB.
const releaseAfter = 8 << 20

// passed counts n bytes of records that were read in order or written, and lets go
// of the mapped pages now and then.
//
// bbolt reads through a memory map, and a page that was read once stays part of the
// process's resident memory. An export or an import of everything would make that as
// large as the file, and a container is judged by it. What is let go of stays in
// the kernel's cache, and costs a minor fault when it is read again. Single items
// and pages of AppendList that are read do not count, so that these never pay for it.
func (f *file) passed(tx *bolt.Tx, n int) {
	if f.unreleased.Add(int64(n)) < releaseAfter {
		return
	}
	f.unreleased.Store(0)
	release(tx.DB().Info().Data, uintptr(tx.Size())) // tx keeps the map in place
}
