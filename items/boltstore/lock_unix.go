//go:build unix && !solaris && !illumos && !aix

package boltstore

import (
	"errors"
	"os"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"
)

// lock takes the lock on the database at path that a store holds while it is open,
// so that none opens it before unlock is called.
func lock(path string) (unlock func(), err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, berrors.ErrTimeout
		}
		return nil, err
	}
	return func() { f.Close() }, nil
}
