package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"example.com/multistage/items/boltstore"
	"example.com/multistage/items/pgstore"
	"example.com/multistage/server/copier"
)

// copySource is an open store to copy from.
type copySource interface {
	copier.Source
	io.Closer
}

// copyTarget is an open store to copy to.
type copyTarget interface {
	copier.Target
	io.Closer
}

// openSource opens a store to copy from, which is never made or changed. A server does
// not open a file that is copied.
func (l location) openSource(ctx context.Context) (copySource, error) {
	if l.path == "" {
		return l.openDatabase(ctx)
	}
	return boltstore.Open(l.path, boltstore.Options{ReadOnly: true})
}

// openTarget opens a store to copy to.
func (l location) openTarget(ctx context.Context) (copyTarget, error) {
	if l.path == "" {
		return l.openDatabase(ctx)
	}
	return boltstore.Open(l.path, boltstore.Options{})
}

// openDatabase opens a database that is there: a user who has misspelt its host hears of it
// at once, and not when the time of a call is over.
func (l location) openDatabase(ctx context.Context) (*pgstore.Store, error) {
	store, err := pgstore.Open(l.url, copyOptions())
	if err != nil {
		return nil, err
	}
	if err := store.Ready(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%v: %w", l, err), store.Close())
	}
	return store, nil
}

// copyOptions are the settings of a database to copy from or to, of which one call at a
// time is made. It may take long: one that is given up ends the copy.
func copyOptions() pgstore.Options {
	s := defaultStore()
	s.maxConns, s.timeout = 1, time.Minute
	return s.options()
}
