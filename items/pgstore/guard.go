package pgstore

import (
	"fmt"
	"runtime/debug"
)

// guard calls fn and returns a panic in it as an error: it costs neither the connection's
// place in the pool, nor the process where it happens in a goroutine of the pool's or of
// the creators.
func guard(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a panic in the store: %v\n%s", p, debug.Stack())
		}
	}()
	return fn()
}
