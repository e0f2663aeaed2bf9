package pgstore

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// errPanic says that statements ended by a panic.
var errPanic = errors.New("a panic in the store")

// guard calls fn and returns a panic in it as errPanic: it costs neither the connection's
// place in the pool, nor the process where it happens in the creators' goroutine.
func guard(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
		}
	}()
	return fn()
}
