package pgstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
)

// schemaVersion is the version of the schema that the store works with: the number of
// the last file in schema.
const schemaVersion = 1

// Errors of a database whose schema is not the one that the store works with.
var (
	// ErrSchemaOlder says that [Migrate] has to be called first.
	ErrSchemaOlder = errors.New("the database has an older schema than this program: run server migrate")

	// ErrSchemaNewer says that a newer program has changed the schema.
	ErrSchemaNewer = errors.New("the database has a newer schema than this program: use the newer program")

	// ErrSchemaOther says that tables that have the names of the store's are not its own.
	ErrSchemaOther = errors.New("the database has tables that server migrate has not made: give items a database of its own, or a schema by search_path")

	// ErrNoRights says that the user may not do with the tables what the store does, or
	// make them.
	ErrNoRights = errors.New("the user of the database has too few rights: docs/operating.md has the GRANT statements")
)

// SchemaError returns which of the errors above err is, nil where it is none.
func SchemaError(err error) error {
	if err == nil {
		return nil
	}
	for _, schema := range []error{ErrSchemaOlder, ErrSchemaNewer, ErrSchemaOther, ErrNoRights} {
		if errors.Is(err, schema) {
			return schema
		}
	}
	return nil
}

// explainSchema adds to an error of the database what an operator can do about it, where
// the tables are not as they have to be.
func explainSchema(err error) error {
	switch {
	case hasCode(err, insufficientRights):
		return fmt.Errorf("%w: %w", ErrNoRights, err)
	case hasClass(err, schemaViolations) && !hasCode(err, duplicateStatement):
		return fmt.Errorf("%w: %w", ErrSchemaOther, err)
	}
	return err
}

// checkVersion reports whether a database with the given version of the schema can be
// worked with.
func checkVersion(version int) error {
	switch {
	case version < schemaVersion:
		return fmt.Errorf("%w (version %d, want %d)", ErrSchemaOlder, version, schemaVersion)
	case version > schemaVersion:
		return fmt.Errorf("%w (version %d, want %d)", ErrSchemaNewer, version, schemaVersion)
	}
	return nil
}

// versionOf returns the version of the schema of a database.
func versionOf(ctx context.Context, conn *pgconn.PgConn) (int, error) {
	results, err := conn.Exec(ctx, "SELECT coalesce(max(version), 0) FROM items_schema").ReadAll()
	if hasCode(err, undefinedTable) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if len(results) != 1 || len(results[0].Rows) != 1 || len(results[0].Rows[0]) != 1 {
		return 0, errors.New("the database does not answer with the version of its schema")
	}
	version, err := strconv.Atoi(string(results[0].Rows[0][0]))
	if err != nil || version < 0 {
		return 0, fmt.Errorf("%w: its version is %q", ErrSchemaOther, results[0].Rows[0][0])
	}
	return version, nil
}
