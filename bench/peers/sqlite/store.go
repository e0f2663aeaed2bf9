package main

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"example.com/multistage/bench/peers/item"
)

const (
	// pragmas hold for each connection. FULL flushes the log before each commit
	// returns.
	pragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"

	// Times are microseconds since 1970.
	schema = `CREATE TABLE IF NOT EXISTS items (
		id          INTEGER PRIMARY KEY AUTOINCREMENT,
		name        TEXT NOT NULL,
		description TEXT NOT NULL,
		created_at  INTEGER NOT NULL,
		updated_at  INTEGER NOT NULL,
		version     INTEGER NOT NULL
	)`
	columns   = `SELECT id, name, description, created_at, updated_at, version FROM items `
	sqlGet    = columns + `WHERE id = ?`
	sqlList   = columns + `WHERE id > ? ORDER BY id LIMIT 100`
	sqlSearch = columns + `WHERE id > ? AND name LIKE '%' || ? || '%' ORDER BY id LIMIT 100`
	sqlInsert = `INSERT INTO items (name, description, created_at, updated_at, version) VALUES (?, ?, ?, ?, ?)`
)

// store keeps items. SQLite takes one writer at a time: others wait better in the
// pool, of one connection, than for its lock.
type store struct {
	writer, readers           *sql.DB
	getOne, page, found, into *sql.Stmt
}

func open(ctx context.Context, path string) (*store, error) {
	s := &store{}
	var err error
	if s.writer, err = sql.Open("sqlite", path+pragmas+"&_txlock=immediate"); err != nil {
		return nil, err
	}
	s.writer.SetMaxOpenConns(1)
	if s.readers, err = sql.Open("sqlite", path+pragmas); err != nil {
		return nil, err
	}
	connections := max(4, runtime.GOMAXPROCS(0))
	s.readers.SetMaxOpenConns(connections)
	s.readers.SetMaxIdleConns(connections)
	if _, err := s.writer.ExecContext(ctx, schema); err != nil {
		return nil, err
	}
	return s, s.prepare(ctx)
}

func (s *store) prepare(ctx context.Context) error {
	var errs [4]error
	s.getOne, errs[0] = s.readers.PrepareContext(ctx, sqlGet)
	s.page, errs[1] = s.readers.PrepareContext(ctx, sqlList)
	s.found, errs[2] = s.readers.PrepareContext(ctx, sqlSearch)
	s.into, errs[3] = s.writer.PrepareContext(ctx, sqlInsert)
	return errors.Join(errs[:]...)
}

// insert stores a new item by a statement.
func insert(ctx context.Context, into *sql.Stmt, d item.Draft) (item.Item, error) {
	it := item.New(0, d)
	result, err := into.ExecContext(ctx, it.Name, it.Description, it.CreatedAt.UnixMicro(), it.UpdatedAt.UnixMicro(), it.Version)
	if err != nil {
		return it, err
	}
	it.ID, err = result.LastInsertId()
	return it, err
}

// scan reads the item of a row.
func scan(row interface{ Scan(...any) error }) (it item.Item, err error) {
	var created, updated int64
	err = row.Scan(&it.ID, &it.Name, &it.Description, &created, &updated, &it.Version)
	it.CreatedAt, it.UpdatedAt = time.UnixMicro(created).UTC(), time.UnixMicro(updated).UTC()
	return it, err
}
