package main

import (
	"flag"
	"time"

	"example.com/multistage/items/pgstore"
)

// storeConfig is what a user sets about the store, checked. All but the location
// is for a database, and means nothing for a file.
type storeConfig struct {
	location       location
	maxConns       int           // to the database at once
	connectTimeout time.Duration // of one attempt to connect
	timeout        time.Duration // of one call of the store
	migrate        bool          // brings the schema up to date at start
}

// defaultStore returns the settings of a user who sets nothing but the location.
//
// Three services, such as two and one that replaces one of them, have room in the
// 100 connections that PostgreSQL grants unless it is told otherwise. A host that does
// not answer is given up in time to try the next one, and a call that waits for the
// database in time to be answered before a service that stops cuts it off.
func defaultStore() storeConfig {
	return storeConfig{maxConns: 32, connectTimeout: 2 * time.Second, timeout: 5 * time.Second}
}

// flags adds the flags that set s beside the location.
func (s *storeConfig) flags(flags *flag.FlagSet) {
	flags.IntVar(&s.maxConns, "store-max-conns", s.maxConns,
		"keep at most this `number` of connections to the database; requests beyond wait for one")
	s.connectFlag(flags)
	flags.DurationVar(&s.timeout, "store-timeout", s.timeout,
		"give up an operation of the database after this `duration`, retries and the wait for a connection included")
	flags.BoolVar(&s.migrate, "migrate", s.migrate,
		"bring the schema of the database up to date at start, as server migrate does; again and again until it succeeds")
}

// connectFlag adds the flag that bounds an attempt to connect.
func (s *storeConfig) connectFlag(flags *flag.FlagSet) {
	flags.DurationVar(&s.connectTimeout, "store-connect-timeout", s.connectTimeout,
		"give up an attempt to connect to one host of the database after this `duration`")
}

// check reports the first setting that makes no sense.
func (s *storeConfig) check() error {
	switch {
	case s.maxConns < 1:
		return invalid("store-max-conns", s.maxConns, "want 1 or more")
	case s.connectTimeout <= 0:
		return invalid("store-connect-timeout", s.connectTimeout, "want more than 0s")
	case s.timeout <= 0:
		return invalid("store-timeout", s.timeout, "want more than 0s")
	}
	return nil
}

// options returns the settings as the store of a database takes them.
func (s *storeConfig) options() pgstore.Options {
	return pgstore.Options{MaxConns: s.maxConns, ConnectTimeout: s.connectTimeout, StatementTimeout: s.timeout}
}
