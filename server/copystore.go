package main

import (
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
func (l location) openSource() (copySource, error) {
	if l.path == "" {
		return pgstore.Open(l.url, copyOptions())
	}
	return boltstore.Open(l.path, boltstore.Options{ReadOnly: true})
}

// openTarget opens a store to copy to.
func (l location) openTarget() (copyTarget, error) {
	if l.path == "" {
		return pgstore.Open(l.url, copyOptions())
	}
	return boltstore.Open(l.path, boltstore.Options{})
}

// copyOptions are the settings of a database to copy from or to, of which one call at a
// time is made. It may take long: one that is given up ends the copy.
func copyOptions() pgstore.Options {
	s := defaultStore()
	s.maxConns, s.timeout = 1, time.Minute
	return s.options()
}
