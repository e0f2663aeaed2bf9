package main

import (
	"context"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/items/pgstore"
	"example.com/multistage/server/ops"
)

// engine is an open store, and what its kind offers beside.
type engine struct {
	store   items.Store
	backups ops.Snapshotter // nil where the engine has tools of its own
	// reason returns what anyone may know of why the store is not ready, if there is such.
	// It is nil where there never is.
	reason func(error) string
	// migrate brings the schema to the newest version. It is nil where there is
	// nothing to be done at start.
	migrate func(context.Context) (from, to int, err error)
}

// open opens the store that s names, which tells m of itself. Nothing but this and the
// copy command knows the engines.
func (s *storeConfig) open(m *ops.Metrics) (engine, error) {
	if s.location.path != "" {
		store, err := boltstore.Open(s.location.path, boltstore.Options{Committed: m.Committed})
		if err != nil {
			return engine{}, err
		}
		m.WatchDatabase(sizeOf(store))
		return engine{store: store, backups: store}, nil
	}
	o := s.options()
	o.Committed = m.Committed
	store, err := pgstore.Open(s.location.url, o)
	if err != nil {
		return engine{}, err
	}
	m.WatchPool(poolOf(store))
	opened := engine{store: store, reason: schemaReason}
	if s.migrate {
		opened.migrate = s.migrateSchema
	}
	return opened, nil
}

// migrateSchema brings the schema of the database to the newest version.
func (s *storeConfig) migrateSchema(ctx context.Context) (from, to int, err error) {
	return pgstore.Migrate(ctx, s.location.url, s.options())
}

// schemaReason returns what is wrong with the schema of a database, and how it is mended,
// where that is why it is not ready.
func schemaReason(err error) string {
	if schema := pgstore.SchemaError(err); schema != nil {
		return schema.Error()
	}
	return ""
}

// sizeOf returns a function that tells how large the file of store is.
func sizeOf(store *boltstore.Store) func() (ops.DatabaseSize, error) {
	return func() (ops.DatabaseSize, error) {
		stats, err := store.Stats()
		return ops.DatabaseSize{FileBytes: stats.FileBytes, FreePages: stats.FreePages, FreeBytes: stats.FreeBytes()}, err
	}
}

// poolOf returns a function that tells of the connections of store.
func poolOf(store *pgstore.Store) func() ops.Pool {
	return func() ops.Pool {
		stats := store.Stats()
		return ops.Pool{InUse: stats.InUse, Idle: stats.Idle, Max: stats.Most, Waits: stats.Waited, WaitTime: stats.WaitTime}
	}
}
