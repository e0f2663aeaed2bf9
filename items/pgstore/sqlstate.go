package pgstore

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
)

// Codes of errors: https://www.postgresql.org/docs/current/errcodes-appendix.html
const (
	featureNotSupported  = "0A000"
	uniqueViolation      = "23505"
	schemaViolations     = "42"    // the class of what a name, a type or a right does not allow
	readOnly             = "25006" // a standby, or a primary that became one
	unknownStatement     = "26000" // a pooler in between has changed the connection
	serializationFailure = "40001"
	completionUnknown    = "40003"
	deadlockDetected     = "40P01"
	duplicateStatement   = "42P05" // as unknownStatement
	insufficientRights   = "42501"
	undefinedFunction    = "42883"
	undefinedTable       = "42P01"
	duplicateTable       = "42P07"
	diskFull             = "53100"
	lockNotAvailable     = "55P03"
	queryCanceled        = "57014" // statement_timeout, or an operator
	tooManyConnections   = "53300"
	cannotConnectNow     = "57P03" // it starts, stops, or recovers
)

// hasCode reports whether the database answered with an error of one of the codes.
func hasCode(err error, codes ...string) bool {
	answer, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.Contains(codes, answer.Code)
}

// hasClass reports whether the database answered with an error of one of the classes,
// the first two characters of a code.
func hasClass(err error, classes ...string) bool {
	answer, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.Contains(classes, answer.Code[:min(2, len(answer.Code))])
}
