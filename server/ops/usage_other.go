//go:build !unix

package ops

import "errors"

// usage is told by Unix alone.
func usage() (seconds, maxFDs float64, err error) {
	return 0, 0, errors.ErrUnsupported
}
