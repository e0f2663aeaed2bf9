package pgstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"example.com/multistage/items"
)

// errUnknown says that a write may have happened or not.
var errUnknown = errors.New("the connection to the database was lost before it answered, and the write may have happened")

// call is a whole call of the store that does no more than do.
func (s *Store) call(ctx context.Context, again repeat, statements func(context.Context, *pgconn.PgConn) error) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return s.do(ctx, again, statements)
}

// do runs statements on a connection, and again where that is safe and may help, until
// they succeed or the time of a call is over. It is called within a call.
func (s *Store) do(ctx context.Context, again repeat, statements func(context.Context, *pgconn.PgConn) error) error {
	limited, cancel := s.limit(ctx)
	defer cancel()
	var cause error
	for wait := waits(); ; {
		fate, err := s.attempt(limited, statements)
		if cause == nil || !errors.Is(err, context.DeadlineExceeded) {
			cause = err // that the time is over says less than why it was used up
		}
		switch {
		case isRefusal(err):
			return explain(ctx, err)
		case fate == answered && hasCode(err, diskFull):
			return full(err)
		case fate == answered:
			return err
		case fate == lost && again == harmful:
			return unknown(err)
		case s.isAway():
			return explain(ctx, cause)
		}
		select {
		case <-time.After(wait()):
		case <-limited.Done():
			return explain(ctx, cause)
		}
	}
}

// isAway reports whether the database has been away for so long that a call that has just
// tried tries no more.
func (s *Store) isAway() bool { return s.outage.isLonger(s.options.StatementTimeout) }

// full returns the error of statements for which there is no space.
func full(err error) error { return fmt.Errorf("%w: %w", items.ErrFull, err) }

// unknown returns the error of a write whose fate is lost. It does not wrap err: to be out
// of time, or gone, would say that nothing happened.
func unknown(err error) error { return fmt.Errorf("%w: %v", errUnknown, err) }

// errLate ends the contexts of limit.
var errLate = errors.New("the time of a call is over")

// limit returns a context that ends with ctx, or when the time of a call is over.
func (s *Store) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, s.options.StatementTimeout, errLate)
}

// explain returns the error of a call that did nothing before its time was over, or its
// caller's.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil && context.Cause(ctx) != errLate {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", items.ErrUnavailable, err)
}

// attempt runs statements on a connection once.
func (s *Store) attempt(ctx context.Context, statements func(context.Context, *pgconn.PgConn) error) (fate, error) {
	conn, err := s.acquire(ctx)
	if err != nil {
		return undone, err
	}
	err = explainSchema(guard(func() error { return statements(ctx, conn.Value()) }))
	s.outage.end(err) // an attempt to connect that was slower may have failed meanwhile
	got := fateOf(err, conn.Value().IsClosed())
	switch {
	case conn.Value().IsClosed() && errors.Is(ctx.Err(), context.Canceled): // it was good until its caller went away
		conn.Destroy()
	case conn.Value().IsClosed() || hasCode(err, readOnly, unknownStatement):
		conn.Destroy()
		s.pool.Reset() // the others are no better
	case conn.Value().IsBusy() || conn.Value().TxStatus() != 'I' || time.Since(conn.CreationTime()) > maxAge:
		conn.Destroy()
	default:
		conn.Release()
	}
	return got, err
}

// maxAge is how long a connection is used, so that those to an engine of many machines
// spread over new ones too.
const maxAge = time.Hour

// acquire returns a connection. It is looked at first: the outcome of a write that is sent
// to a server that is gone is unknown.
func (s *Store) acquire(ctx context.Context) (*puddle.Resource[*pgconn.PgConn], error) {
	for {
		conn, err := s.pool.Acquire(ctx)
		if err != nil {
			return nil, err
		}
		if isQuiet(conn.Value().Conn()) {
			return conn, nil
		}
		conn.Destroy()
	}
}
