package main

import (
	"errors"
	"strings"

	"example.com/multistage/items/pgstore"
)

// location is a value of -store, checked: where items are kept.
type location struct {
	path string // of a bbolt file, absolute; empty for a database
	url  string // of a database that speaks PostgreSQL's protocol; it may hold a password
}

// parseLocation returns what a value names, as seen from dir. The error says what is
// wanted.
func parseLocation(value, dir string) (location, error) {
	scheme, rest, _ := strings.Cut(value, ":")
	isURL := strings.HasPrefix(rest, "//")
	switch {
	case scheme == "bolt" && rest != "" && !isURL:
		return location{path: absolute(rest, dir)}, nil
	case scheme == "postgres" && isURL, scheme == "postgresql" && isURL:
		return location{url: value}, nil
	}
	return location{}, errors.New("want bolt:path, like bolt:items.db, or a URL like postgres://user@host/database")
}

// parseStore returns what a value of -store names.
func parseStore(value, dir string) (location, error) {
	at, err := parseLocation(value, dir)
	if err != nil {
		return location{}, invalid("store", tellable(value), err.Error())
	}
	return at, nil
}

// String tells the location, without a password.
func (l location) String() string {
	if l.path != "" {
		return "bolt:" + l.path
	}
	return pgstore.Redact(l.url)
}
