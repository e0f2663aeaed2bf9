package boltstore

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// errDamaged says that a page of the file is not what bbolt wrote there.
var errDamaged = errors.New("the database file is damaged")

// guard calls fn and returns a panic in it as errDamaged. bbolt reads its file
// through a memory map and trusts what it finds: it panics at a page that makes
// no sense, and a page beyond the end of a truncated file is a memory fault.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch p := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }: // of a memory fault, see SetPanicOnFault
			err = fmt.Errorf("%w: a page can't be read", errDamaged)
		default:
			err = fmt.Errorf("%w: %v", errDamaged, p)
		}
	}()
	return fn()
}
