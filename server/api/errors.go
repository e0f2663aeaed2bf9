package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// errTooManyStreams says that Options.MaxStreams exports, imports and large pages
// are under way.
var errTooManyStreams = errors.New("too many streams run")

// requestError is a request that can't be served as it is.
type requestError struct {
	problem.Problem
}

func (e *requestError) Error() string { return e.Detail }

// fail answers a request with the problem that err is to its client. This is
// the one place where errors become statuses.
func (a *api) fail(w http.ResponseWriter, err error) {
	p := problemOf(err)
	if e, ok := errors.AsType[*failedPrecondition](err); ok {
		w.Header().Set("ETag", e.tag) // which spares the client a GET (RFC 9110, section 8.8.3)
	}
	if p.Status == http.StatusServiceUnavailable || errors.Is(err, items.ErrKeyRunning) {
		w.Header().Set("Retry-After", "1") // seconds
	}
	if isFault(p, err) {
		a.log.Error("the item store failed", "error", err, "request_id", w.Header().Get("X-Request-ID"))
	}
	problem.Write(w, p)
}

// isFault reports whether a problem, which err is, is of the operator's concern.
func isFault(p problem.Problem, err error) bool {
	return p.Status == http.StatusInternalServerError || p.Status == http.StatusInsufficientStorage || errors.Is(err, items.ErrUnavailable)
}

func problemOf(err error) problem.Problem {
	if e, ok := errors.AsType[*requestError](err); ok {
		return e.Problem
	}
	if e, ok := errors.AsType[*items.InvalidError](err); ok {
		return invalidDraft(fieldErrors(e))
	}
	if e, ok := errors.AsType[*failedPrecondition](err); ok {
		return problem.Problem{
			Status: http.StatusPreconditionFailed,
			Detail: "If-Match or If-None-Match does not hold: the item's ETag is " + e.tag + ". Nothing was changed.",
		}
	}
	switch {
	case errors.Is(err, items.ErrNotFound):
		return problem.Problem{Status: http.StatusNotFound, Detail: "No item has this id."}
	case errors.Is(err, items.ErrKeyReused):
		return problem.Problem{
			Status: http.StatusUnprocessableEntity,
			Detail: "The Idempotency-Key was used for another item. Nothing was stored; send each item with a key of its own.",
		}
	case errors.Is(err, items.ErrKeyRunning):
		return problem.Problem{
			Status: http.StatusConflict,
			Detail: "A request with this Idempotency-Key is still running. Try again to get its answer.",
		}
	case errors.Is(err, errTooManyStreams):
		return problem.Problem{
			Status: http.StatusServiceUnavailable,
			Detail: "As many exports, imports and large pages are under way as the service takes. Nothing was changed; try again.",
		}
	case errors.Is(err, items.ErrUnavailable):
		return problem.Problem{Status: http.StatusServiceUnavailable, Detail: "The item store can't be reached now. Nothing was changed; try again."}
	case errors.Is(err, items.ErrFull):
		return problem.Problem{Status: http.StatusInsufficientStorage, Detail: "The store is full. Nothing was changed."}
	case errors.Is(err, items.ErrClosed),
		errors.Is(err, context.Canceled),
		errors.Is(err, context.DeadlineExceeded):
		return problem.Problem{Status: http.StatusServiceUnavailable, Detail: "The service is stopping or overloaded. Nothing was changed; try again."}
	}
	return problem.Problem{
		Status: http.StatusInternalServerError,
		Detail: "The item store failed. A change that was asked for may or may not have been made: " +
			"a POST is safe to send again only with the Idempotency-Key that it had.",
	}
}

// invalidDraft is the answer to a draft with the given faults. It lists the first
// maxFaults, and says so.
func invalidDraft(faults []problem.Error) problem.Problem {
	p := problem.Problem{
		Status: http.StatusUnprocessableEntity,
		Detail: "The item is not valid. Nothing was stored.",
		Errors: faults,
	}
	if len(faults) > maxFaults {
		p.Detail = fmt.Sprintf("The item is not valid: here are its first %d faults. Nothing was stored.", maxFaults)
		p.Errors = faults[:maxFaults]
	}
	return p
}

func fieldErrors(e *items.InvalidError) []problem.Error {
	faults := make([]problem.Error, len(e.Fields))
	for i, f := range e.Fields {
		faults[i] = fault(pointer(f.Field), f.Detail)
	}
	return faults
}

// fault is a fault of the value that a JSON Pointer names.
func fault(pointer, detail string) problem.Error {
	return problem.Error{Pointer: &pointer, Detail: detail}
}
