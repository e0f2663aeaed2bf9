package main

import "runtime/debug"

// maxBallast is the most bytes that newBallast returns: 8 MiB.
const maxBallast = 8 << 20

// newBallast returns memory that is held and never touched, so that none of it is
// resident. Garbage is collected when the heap has doubled: a service of small
// requests, which holds 2 MB, would do it dozens of times a second, for more than a
// tenth of its time. With ballast that comes four times as seldom; a larger GOGC would
// let a large heap grow as well.
//
// It counts for the memory limit, of which it takes an eighth at the most.
func newBallast() []byte {
	return make([]byte, min(maxBallast, debug.SetMemoryLimit(-1)/8))
}
