package pgstore

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// TestOutage checks what begins and ends an outage.
func TestOutage(t *testing.T) {
	refused, answer := errors.New("connection refused"), &pgconn.PgError{Code: tooManyConnections}
	var o outage
	for _, step := range []struct {
		name   string
		do     func()
		isAway bool
	}{
		{"nothing", func() {}, false},
		{"a caller who left", func() { o.note(context.Canceled) }, false},
		{"a refused connection", func() { o.note(refused) }, true},
		{"statements on a broken connection", func() { o.end(refused) }, true},
		{"an answer to another attempt", func() { o.note(answer) }, false},
		{"a slower attempt that fails later", func() { o.note(refused) }, true},
		{"statements that are answered", func() { o.end(nil) }, false},
		{"a refused connection again", func() { o.note(refused) }, true},
		{"statements that are refused by an answer", func() { o.end(answer) }, false},
	} {
		step.do()
		if got := o.isLonger(-1); got != step.isAway {
			t.Errorf("after %s: away is %t", step.name, got)
		}
	}
}
