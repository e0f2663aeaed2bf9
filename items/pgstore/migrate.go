package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// migrationLock is the key of the advisory lock that one migration at a time holds.
const migrationLock = "7881283364437562"

// createVersions makes the table that has a row for each step that the database has
// had. Its primary key lets a step happen once, also where an engine has no advisory
// locks, or takes them for nothing.
const createVersions = "CREATE TABLE IF NOT EXISTS items_schema (version bigint PRIMARY KEY, applied_at timestamptz NOT NULL)"

// Migrate brings the schema of the database at url, which is as [Open]'s, to the
// version that the store works with. It returns the version that it found, and the one
// that the schema has now. Many may migrate at once: one does, and the others wait.
//
// Errors: [ErrSchemaNewer], [ErrSchemaOther] and [ErrNoRights], with which no table that
// was there is changed; an empty items_schema may be left.
func Migrate(ctx context.Context, url string, o Options) (from, to int, err error) {
	config, err := parse(url, o)
	if err != nil {
		return 0, 0, err
	}
	conn, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return 0, 0, err
	}
	defer closeConn(conn)
	if err := lockMigrations(ctx, conn); err != nil {
		return 0, 0, err
	}
	from, err = prepareVersions(ctx, conn)
	if err != nil {
		return 0, 0, explainSchema(err)
	}
	if from > schemaVersion {
		return from, from, checkVersion(from)
	}
	all, err := steps()
	if err != nil {
		return from, from, err
	}
	to = from
	for _, s := range all[from:] {
		if err := apply(ctx, conn, s); err != nil {
			return from, to, fmt.Errorf("schema version %d: %w", s.version, explainSchema(err))
		}
		to = s.version
	}
	return from, to, nil
}

// lockMigrations waits for the advisory lock, which the end of the connection lets go.
func lockMigrations(ctx context.Context, conn *pgconn.PgConn) error {
	_, err := conn.Exec(ctx, "SELECT pg_advisory_lock("+migrationLock+")").ReadAll()
	if hasCode(err, undefinedFunction, featureNotSupported) {
		return nil
	}
	return err
}

// prepareVersions makes the table of versions where there is none, and returns the
// version.
func prepareVersions(ctx context.Context, conn *pgconn.PgConn) (int, error) {
	version, err := versionOf(ctx, conn)
	if version > 0 || err != nil {
		return version, err
	}
	if _, err := conn.Exec(ctx, createVersions).ReadAll(); err != nil && !hasCode(err, uniqueViolation, duplicateTable) {
		return 0, err
	}
	return versionOf(ctx, conn)
}

// apply does a step in one transaction. Where another program did it meanwhile, it
// does nothing.
func apply(ctx context.Context, conn *pgconn.PgConn, s step) error {
	_, err := conn.Exec(ctx, fmt.Sprintf(
		"BEGIN; INSERT INTO items_schema (version, applied_at) VALUES (%d, '%s'); %s; COMMIT",
		s.version, time.Now().UTC().Format(time.RFC3339), s.sql)).ReadAll()
	if err == nil {
		return nil
	}
	if _, rollbackErr := conn.Exec(ctx, "ROLLBACK").ReadAll(); rollbackErr != nil {
		return err
	}
	if version, versionErr := versionOf(ctx, conn); versionErr == nil && version >= s.version {
		return nil
	}
	return err
}
