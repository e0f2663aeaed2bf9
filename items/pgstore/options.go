package pgstore

import (
	"math"
	"time"
)

// Options are what an operator chooses.
type Options struct {
	// MaxConns is the most connections at once. Below 1 there are 16.
	MaxConns int

	// ConnectTimeout bounds one attempt to connect, with each host in turn. At 0 it is
	// 3 s.
	ConnectTimeout time.Duration

	// StatementTimeout bounds one call of the store: waiting for a connection, and all
	// attempts. The outcome of a write that was sent and not answered by then is unknown. The
	// database is told to give up a statement after nine tenths of it. At 0 it is 5 s.
	StatementTimeout time.Duration

	// Now is the clock, time.Now where it is nil.
	Now func() time.Time

	// Committed, if set, is called after each commit of creations with how many there
	// were, and how long it took.
	Committed func(writes int, took time.Duration)
}

func (o Options) withDefaults() Options {
	if o.MaxConns < 1 {
		o.MaxConns = 16
	}
	o.MaxConns = min(o.MaxConns, math.MaxInt32) // the pool's own bound
	if o.ConnectTimeout <= 0 {
		o.ConnectTimeout = 3 * time.Second
	}
	if o.StatementTimeout <= 0 {
		o.StatementTimeout = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Committed == nil {
		o.Committed = func(int, time.Duration) {}
	}
	return o
}
