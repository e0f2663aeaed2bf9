package pgstore

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// outage knows since when the database can't be reached. A short one, such as a failover,
// calls wait for; one that has lasted for the time of a call is worth no waiting.
type outage struct {
	since atomic.Pointer[time.Time] // nil while the last attempt to connect was answered
}

// note takes the outcome of an attempt to connect. A database that answers is there,
// whatever it says: it may have a connection for the next attempt.
func (o *outage) note(err error) {
	_, isAnswer := errors.AsType[*pgconn.PgError](err)
	switch {
	case err == nil || isAnswer:
		o.since.Store(nil)
	case !errors.Is(err, context.Canceled):
		o.since.CompareAndSwap(nil, new(time.Now()))
	}
}

// isLonger reports whether the outage has lasted longer than d.
func (o *outage) isLonger(d time.Duration) bool {
	since := o.since.Load()
	return since != nil && time.Since(*since) > d
}
