package pgstore

import (
	"math/rand/v2"
	"time"
)

// Waits between attempts. A part of each is random, so that many do not come back at
// once.
const (
	firstWait = 20 * time.Millisecond
	mostWait  = 500 * time.Millisecond
)

// waits returns a function that returns how long to wait before the next attempt.
func waits() func() time.Duration {
	next := firstWait
	return func() time.Duration {
		wait := next/2 + rand.N(next/2)
		next = min(2*next, mostWait)
		return wait
	}
}
