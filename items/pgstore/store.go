// Package pgstore is an [items.Store] on PostgreSQL's wire protocol: PostgreSQL itself, or
// an engine that speaks it. Many stores may work on one database at once; none of them
// holds state of its own.
package pgstore

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"example.com/multistage/items"
)

// Store is an [items.Store] in a database. Its methods may find the database
// [items.ErrUnavailable], with a [SchemaError] where an operator has to mend it.
type Store struct {
	options  Options
	pool     *puddle.Pool[*pgconn.PgConn]
	creators *creators
	outage   outage

	mu     sync.RWMutex // held by Close alone while closed is set
	closed bool
	calls  sync.WaitGroup // those under way
}

// Open returns the store in the database at url: postgres://user@host/database with the
// parameters of libpq, or its form of keywords and values; what it leaves out is taken from
// libpq's variables and password file. It does not connect: a database that is away may
// come later.
//
// Errors: that url can't be read. The error has no password in it.
func Open(url string, o Options) (*Store, error) {
	config, err := parse(url, o)
	if err != nil {
		return nil, err
	}
	s := &Store{options: o.withDefaults()}
	s.pool, err = puddle.NewPool(&puddle.Config[*pgconn.PgConn]{
		Constructor: func(ctx context.Context) (conn *pgconn.PgConn, err error) {
			err = explainSchema(guard(func() (err error) { conn, err = connect(ctx, config, s.options); return err }))
			s.outage.note(err)
			return conn, err
		},
		Destructor: closeConn,
		MaxSize:    int32(s.options.MaxConns),
	})
	if err != nil {
		return nil, err
	}
	s.creators = newCreators(s)
	return s, nil
}

// Close implements [items.Store].
func (s *Store) Close() error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	s.calls.Wait()
	if first {
		s.creators.close()
		s.pool.Close()
	}
	return nil
}

// enter begins a call, which ends with leave.
func (s *Store) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return nil, items.ErrClosed
	}
	s.calls.Add(1)
	return s.calls.Done, nil
}

// Ready implements [items.Store].
func (s *Store) Ready(ctx context.Context) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	limited, cancel := s.limit(ctx)
	defer cancel()
	got, err := s.attempt(limited, func(ctx context.Context, conn *pgconn.PgConn) error {
		return query(ctx, conn, statementLast, nil, func(row) {})
	})
	if got == answered {
		return err
	}
	return explain(ctx, err)
}
