package main

import (
	"runtime"
	"runtime/debug"
)

// maxBallast is the most bytes of ballast: 8 MiB.
const maxBallast = 8 << 20

// newBallast returns what will hold memory that is never touched, so that none of it is
// resident. Garbage is collected when the heap has doubled: a service of small
// requests, which holds 2 MB, would do it dozens of times a second, for more than a
// tenth of its time. With ballast that comes four times as seldom; a larger GOGC would
// let a large heap grow as well.
//
// It is made when garbage has been collected for the first time: by its size it
// brings about a collection, which a service that starts has nothing of. It counts for
// the memory limit, of which it takes an eighth at the most.
func newBallast() <-chan []byte {
	held := make(chan []byte, 1)
	garbage := new(*byte) // of a pointer: small objects without any share their memory
	runtime.AddCleanup(garbage, func(held chan<- []byte) {
		held <- make([]byte, min(maxBallast, debug.SetMemoryLimit(-1)/8))
	}, held)
	return held
}
