package pgstore

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// fate is what became of statements that were to be run.
type fate int

const (
	answered fate = iota // they succeeded, or the database says why not
	undone               // they did nothing, and may succeed on another attempt
	lost                 // nobody knows
)

// repeat says what happens when statements whose fate is lost are run again.
type repeat bool

const (
	harmful  repeat = false // they may be done twice
	harmless repeat = true  // they read, or the database knows them again
)

// fateOf returns what became of statements that ended with err, by which the connection
// may have been closed.
func fateOf(err error, closed bool) fate {
	switch {
	case err == nil:
		return answered
	case pgconn.SafeToRetry(err), // never sent
		isRefusal(err),
		hasCode(err, serializationFailure, deadlockDetected, readOnly, unknownStatement, tooManyConnections, cannotConnectNow,
			lockNotAvailable, queryCanceled):
		return undone
	case closed, hasCode(err, completionUnknown):
		// Also where the server says that it ends: it does so to those who have committed
		// and wait for a standby, too.
		return lost
	}
	return answered
}

// isRefusal reports whether err, of connecting or of statements, says what an operator has
// to mend.
func isRefusal(err error) bool {
	return SchemaError(err) != nil || errors.Is(err, errAuthentication)
}
