package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// errTruncated says that a database file ends too soon.
var errTruncated = errors.New("the file is truncated")

// verify checks each page and record of a database file and returns the number of
// items. It finds each change of what a store reads, but for the sequence of the
// ids, of which it only sees that no item is above it.
//
// It reads the file with no help of bbolt: the check that comes with that follows
// what it finds through the map, in a goroutine of its own, and a page number beyond
// the end there ends the process.
func verify(ctx context.Context, file io.ReaderAt, size int64) (count int, err error) {
	m, err := verifyMeta(file, size)
	if err != nil {
		return 0, err
	}
	v := &verifier{ctx: ctx, file: file, meta: m, claimed: make([]uint64, m.pages/64+1)}
	r := newRecords()
	if err := v.buckets(r); err != nil {
		return 0, err
	}
	if err := v.freePages(); err != nil {
		return 0, err
	}
	for id := uint64(2); id < m.pages; id++ {
		if v.claim(id) == nil {
			return 0, fmt.Errorf("%w: page %d is neither used nor free", errDamaged, id)
		}
	}
	return r.count, r.finish()
}

// verifyMeta reads the two meta pages. bbolt does with one; the other is damaged
// after a crash, but never in a snapshot.
func verifyMeta(file io.ReaderAt, size int64) (m meta, err error) {
	if size == 0 {
		return m, fmt.Errorf("%w: it is empty", errTruncated)
	}
	first, err := readMeta(file, 0)
	if err != nil {
		return m, err
	}
	pageSize := int64(os.Getpagesize())
	m, whole := parseMeta(first)
	if whole {
		pageSize = int64(m.pageSize)
	}
	second, err := readMeta(file, pageSize)
	if err != nil {
		return m, err
	}
	other, otherWhole := parseMeta(second)
	switch {
	case !isMeta(first) && !isMeta(second):
		return m, errForeign
	case size < 2*pageSize:
		return m, fmt.Errorf("%w: it has %d bytes", errTruncated, size)
	case !whole || !otherWhole || m.pageSize != other.pageSize || m.pageSize < 1<<10 || m.pageSize&(m.pageSize-1) != 0:
		return m, fmt.Errorf("%w: a meta page makes no sense", errDamaged)
	}
	if other.txid > m.txid {
		m = other
	}
	if pages := uint64(size / pageSize); pages < m.pages {
		return m, fmt.Errorf("%w: it has %d pages of %d", errTruncated, pages, m.pages)
	}
	return m, nil
}

func readMeta(file io.ReaderAt, at int64) ([]byte, error) {
	page := make([]byte, pageHeaderLen+metaLen)
	n, err := file.ReadAt(page, at)
	if err != nil && err != io.EOF {
		return nil, err
	}
	return page[:n], nil
}

// verifier walks the pages of a file.
type verifier struct {
	ctx     context.Context
	file    io.ReaderAt
	meta    meta
	claimed []uint64 // a bit for each page that was found to be used or free
}

// maxDepth is more levels than any tree of pages has.
const maxDepth = 32

// claim notes that a page is used or free, which it can be once.
func (v *verifier) claim(id uint64) error {
	if id < 2 || id >= v.meta.pages {
		return fmt.Errorf("%w: there is no page %d", errDamaged, id)
	}
	word, bit := &v.claimed[id/64], uint64(1)<<(id%64)
	if *word&bit != 0 {
		return fmt.Errorf("%w: page %d is used twice", errDamaged, id)
	}
	*word |= bit
	return nil
}

// page reads a page and those that belong to it.
func (v *verifier) page(id uint64) ([]byte, error) {
	if err := v.ctx.Err(); err != nil {
		return nil, err
	}
	if err := v.claim(id); err != nil {
		return nil, err
	}
	size := int64(v.meta.pageSize)
	page := make([]byte, size)
	if _, err := v.file.ReadAt(page, int64(id)*size); err != nil {
		return nil, err
	}
	if got := binary.NativeEndian.Uint64(page); got != id {
		return nil, fmt.Errorf("%w: page %d says that it is page %d", errDamaged, id, got)
	}
	more := uint64(binary.NativeEndian.Uint32(page[12:]))
	if more == 0 {
		return page, nil
	}
	for next := id + 1; next <= id+more; next++ {
		if err := v.claim(next); err != nil {
			return nil, err
		}
	}
	page = append(page, make([]byte, int64(more)*size)...)
	_, err := v.file.ReadAt(page[size:], int64(id+1)*size)
	return page, err
}

// freePages claims the pages that the list of free pages names.
func (v *verifier) freePages() error {
	page, err := v.page(v.meta.freelist)
	if err != nil {
		return err
	}
	n, ok := freeCount(page)
	list := page[pageHeaderLen:]
	if binary.NativeEndian.Uint16(page[10:]) == manyElements {
		list = list[8:]
	}
	if !ok || n > uint64(len(list)/8) {
		return fmt.Errorf("%w: page %d is no list of free pages", errDamaged, v.meta.freelist)
	}
	for i := range n {
		if err := v.claim(binary.NativeEndian.Uint64(list[8*i:])); err != nil {
			return err
		}
	}
	return nil
}

// buckets hands the records of all buckets to r.
func (v *verifier) buckets(r *records) error {
	return v.tree(v.meta.root, keyRange{}, 0, func(e element) error {
		if !e.isBucket || len(e.value) < 16 {
			return fmt.Errorf("%w: %q is not in a bucket", errDamaged, e.key)
		}
		each, err := r.bucket(e.key, binary.NativeEndian.Uint64(e.value[8:]))
		if err != nil {
			return err
		}
		leaf := func(e element) error {
			if e.isBucket {
				return fmt.Errorf("%w: a bucket is in another", errDamaged)
			}
			return each(e.key, e.value)
		}
		if root := binary.NativeEndian.Uint64(e.value); root != 0 {
			return v.tree(root, keyRange{}, 0, leaf)
		}
		// A small bucket is one page within the value.
		page := e.value[16:]
		if len(page) < pageHeaderLen || pageType(page) != typeLeaf {
			return fmt.Errorf("%w: the bucket %q is no page", errDamaged, e.key)
		}
		return leaves(page, keyRange{}, leaf)
	})
}

// keyRange is where the keys of a page lie: from low, and below high where that is
// not nil.
type keyRange struct{ low, high []byte }

// tree hands each element of the leaf pages below a page to fn, in order.
func (v *verifier) tree(id uint64, in keyRange, depth int, fn func(element) error) error {
	page, err := v.page(id)
	if err != nil {
		return err
	}
	switch {
	case pageType(page) == typeLeaf:
		return leaves(page, in, fn)
	case pageType(page) != typeBranch || depth == maxDepth:
		return fmt.Errorf("%w: page %d is of no type that can be there", errDamaged, id)
	}
	all, err := elements(page, in)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("%w: page %d has no pages below it", errDamaged, id)
	}
	for i, e := range all {
		below := keyRange{e.key, in.high}
		if i+1 < len(all) {
			below.high = all[i+1].key
		}
		if err := v.tree(e.page, below, depth+1, fn); err != nil {
			return err
		}
	}
	return nil
}

func leaves(page []byte, in keyRange, fn func(element) error) error {
	all, err := elements(page, in)
	if err != nil {
		return err
	}
	for _, e := range all {
		if err := fn(e); err != nil {
			return err
		}
	}
	return nil
}

func pageType(page []byte) uint16 { return binary.NativeEndian.Uint16(page[8:]) }

// element is what a page maps a key to.
type element struct {
	key      []byte
	isBucket bool   // of a leaf
	value    []byte // of a leaf
	page     uint64 // of a branch
}

// elements reads the elements of a page, whose keys ascend. Their keys and values
// follow each other behind the last element: that they begin right there shows that
// the number of elements is the one that was written.
func elements(page []byte, in keyRange) ([]element, error) {
	all := make([]element, 0, binary.NativeEndian.Uint16(page[10:]))
	from := pageHeaderLen + elementLen*cap(all)
	for i := range cap(all) {
		e, end, ok := readElement(page, pageHeaderLen+elementLen*i, from)
		if !ok {
			return nil, fmt.Errorf("%w: element %d of a page makes no sense", errDamaged, i)
		}
		if i == 0 && bytes.Compare(e.key, in.low) < 0 || i > 0 && bytes.Compare(e.key, all[i-1].key) <= 0 ||
			in.high != nil && bytes.Compare(e.key, in.high) >= 0 {
			return nil, fmt.Errorf("%w: the key %q is out of order", errDamaged, e.key)
		}
		all, from = append(all, e), end
	}
	return all, nil
}

// elementLen is the length of an element without its key and value.
const elementLen = 16

// readElement reads the element at an offset of a page, whose key is at from, and
// returns where it ends. Of a leaf it is its flags, the distance to its key and the
// lengths of that and the value behind it (4 bytes each), of a branch the distance,
// the length, and the page below (8 bytes).
func readElement(page []byte, at, from int) (e element, end int, ok bool) {
	if len(page) < from {
		return e, 0, false
	}
	order, b := binary.NativeEndian, page[at:]
	number := func(i int) int64 { return int64(order.Uint32(b[4*i:])) }
	var flags, distance, keyLen, valueLen int64
	if pageType(page) == typeBranch {
		distance, keyLen, e.page = number(0), number(1), order.Uint64(b[8:])
	} else {
		flags, distance, keyLen, valueLen = number(0), number(1), number(2), number(3)
	}
	middle := int64(from) + keyLen
	last := middle + valueLen
	if flags > 1 || distance != int64(from-at) || last > int64(len(page)) {
		return e, 0, false
	}
	e.key, e.isBucket, e.value = page[from:middle:middle], flags == 1, page[middle:last:last]
	return e, int(last), true
}
