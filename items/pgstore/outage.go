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
	since atomic.Pointer[time.Time] // nil while the database answers
}

// note takes the outcome of an attempt to connect.
func (o *outage) note(err error) {
	if !o.end(err) && !errors.Is(err, context.Canceled) {
		o.since.CompareAndSwap(nil, new(time.Now()))
	}
}

// end ends an outage where err, of connecting or of statements, is an answer, and reports
// whether it is one. A database that answers is there, whatever it says: it may have a
// connection for the next attempt.
func (o *outage) end(err error) bool {
	_, isAnswer := errors.AsType[*pgconn.PgError](err)
	if err != nil && !isAnswer {
		return false
	}
	if o.since.Load() != nil {
		o.since.Store(nil)
	}
	return true
}

// isLonger reports whether the outage has lasted longer than d.
func (o *outage) isLonger(d time.Duration) bool {
	since := o.since.Load()
	return since != nil && time.Since(*since) > d
}
