package ops

import (
	"context"
	"errors"

	"example.com/multistage/items"
	"example.com/multistage/server/prom"
)

// operation is what operations of the store are counted by.
type operation struct {
	name    string
	outcome string
}

// Labels implements [prom.Labelled].
func (o operation) Labels() string {
	return prom.Labels("operation", o.name, "outcome", o.outcome)
}

// outcome names what an operation of the store returned. All that is a fault of
// the engine is "error".
func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	if _, ok := errors.AsType[*items.InvalidError](err); ok {
		return "invalid"
	}
	for _, known := range []struct {
		err  error
		name string
	}{
		{items.ErrNotFound, "not_found"},
		{items.ErrVersion, "version"},
		{items.ErrKeyReused, "key_reused"},
		{items.ErrKeyRunning, "key_running"},
		{items.ErrFull, "full"},
		{items.ErrUnavailable, "unavailable"},
		{items.ErrClosed, "closed"},
		{context.Canceled, "canceled"},
		{context.DeadlineExceeded, "timeout"},
	} {
		if errors.Is(err, known.err) {
			return known.name
		}
	}
	return "error"
}
