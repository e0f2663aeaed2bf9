//go:build !unix || solaris || illumos || aix

package boltstore

import (
	"errors"
	"fmt"
)

// lock can't take the lock on a database here.
func lock(path string) (unlock func(), err error) {
	return nil, fmt.Errorf("%s can't be locked on this system: move it away first: %w", path, errors.ErrUnsupported)
}
