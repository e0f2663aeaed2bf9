package pgstore

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// unsent is an error of pgconn's before anything was sent.
type unsent struct{ error }

func (unsent) SafeToRetry() bool { return true }

func TestFate(t *testing.T) {
	for _, tt := range []struct {
		err    error
		closed bool
		want   fate
	}{
		{nil, false, answered},
		{errors.New("of our own"), false, answered},
		{io.ErrUnexpectedEOF, true, lost},
		{fmt.Errorf("write: %w", unsent{io.EOF}), true, undone},
		{&pgconn.PgError{Code: "40001"}, false, undone},
		{&pgconn.PgError{Code: "40P01"}, false, undone},
		{&pgconn.PgError{Code: "40003"}, false, lost},
		{&pgconn.PgError{Code: "25006"}, false, undone},
		{&pgconn.PgError{Code: "26000"}, false, undone},
		{&pgconn.PgError{Code: "55P03"}, false, undone},
		{&pgconn.PgError{Code: "57014"}, false, undone},
		{&pgconn.PgError{Code: "57P03"}, true, undone},
		{&pgconn.PgError{Code: "57P01"}, true, lost}, // it may have committed, and wait for a standby
		{&pgconn.PgError{Code: "53100"}, false, answered},
		{&pgconn.PgError{Code: "23505"}, false, answered},
	} {
		if got := fateOf(tt.err, tt.closed); got != tt.want {
			t.Errorf("fateOf(%v, %t) = %v, want %v", tt.err, tt.closed, got, tt.want)
		}
	}
}
