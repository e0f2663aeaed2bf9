package boltstore

import (
	"encoding/binary"
	"hash/fnv"
)

// The layout of a page of bbolt, in the byte order of the machine: a header of the
// page's id (8 bytes), type (2), number of elements (2) and of further pages that
// belong to it (4), then its elements. See bbolt's internal/common/page.go.
const (
	pageHeaderLen = 16

	typeBranch   = 0x01
	typeLeaf     = 0x02
	typeFreelist = 0x10

	// manyElements as the number of a list of free pages says that its first
	// element is the number.
	manyElements = 0xffff
)

// The layout of a meta page after its header. See bbolt's internal/common/meta.go.
const (
	metaMagic   = 0xed0cdaed
	metaVersion = 2
	metaLen     = 64
	metaSumAt   = 56
)

// meta is what bbolt says of the whole file in either of its first two pages.
type meta struct {
	pageSize uint32
	root     uint64 // the page of the bucket of buckets
	freelist uint64 // the page that begins the list of free pages
	pages    uint64 // how many pages are in use or free
	txid     uint64
}

// parseMeta reads the meta page that page begins with. It is not ok where the
// page is none, or damaged.
func parseMeta(page []byte) (m meta, ok bool) {
	if len(page) < pageHeaderLen+metaLen {
		return m, false
	}
	b, order := page[pageHeaderLen:pageHeaderLen+metaLen], binary.NativeEndian
	sum := fnv.New64a()
	sum.Write(b[:metaSumAt])
	if !isMeta(page) || order.Uint32(b[4:]) != metaVersion || order.Uint64(b[metaSumAt:]) != sum.Sum64() {
		return m, false
	}
	return meta{
		pageSize: order.Uint32(b[8:]),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
	}, true
}

// isMeta reports whether page begins as a meta page does, be it whole or not.
func isMeta(page []byte) bool {
	return len(page) >= pageHeaderLen+4 && binary.NativeEndian.Uint32(page[pageHeaderLen:]) == metaMagic
}

// freeCount reads the number of free pages from the first page of their list.
func freeCount(page []byte) (n uint64, ok bool) {
	order := binary.NativeEndian
	if order.Uint16(page[8:]) != typeFreelist {
		return 0, false
	}
	if n = uint64(order.Uint16(page[10:])); n == manyElements {
		n = order.Uint64(page[pageHeaderLen:])
	}
	return n, true
}
