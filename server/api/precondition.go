package api

import (
	"errors"
	"net/http"

	"example.com/multistage/items"
	"example.com/multistage/server/etag"
	"example.com/multistage/server/problem"
)

// Writes to an item are checked in the order of RFC 9110, section 13.2: what the
// request line and the header tell first (404, 415), then the preconditions (400, 428,
// 412), and the content last (408, 413, 400, 422). So a client with an outdated
// version is told that whatever it sends, and one that waits for 100 Continue
// sends nothing in vain. Whatever is refused has changed nothing.

// failedPrecondition says that an item is not as its client expects.
type failedPrecondition struct {
	tag string // of the item as it is
}

func (e *failedPrecondition) Error() string { return "the item is at " + e.tag }

// target returns the item that a write is about. Its error says that there is
// none, or that it is not as the preconditions of the request want it.
func (a *api) target(r *http.Request, id int64) (items.Item, error) {
	item, err := a.store.Get(r.Context(), id)
	if err != nil {
		return items.Item{}, err
	}
	if err := checkLegible(r.Header, "If-Match", "If-None-Match"); err != nil {
		return items.Item{}, err
	}
	if a.options.RequireIfMatch && r.Header.Values("If-Match") == nil {
		return items.Item{}, &requestError{problem.Problem{
			Status: http.StatusPreconditionRequired,
			Detail: "A change must say which version it is made to: send the item's ETag as If-Match.",
		}}
	}
	if tag := etagOf(item); !etag.Expected(r, tag) || etag.Held(r, tag) {
		return items.Item{}, &failedPrecondition{tag}
	}
	return item, nil
}

// checkLegible refuses conditions that can't be read. As one that fails, such a
// condition would have its client read the item again, in vain; as none, it would
// guard nothing.
func checkLegible(header http.Header, fields ...string) error {
	for _, field := range fields {
		if !etag.Legible(header, field) {
			return &requestError{problem.Problem{
				Status: http.StatusBadRequest,
				Detail: field + ` must be * or entity tags, each in its quotes as ETag has it, such as "1". Nothing was changed.`,
			}}
		}
	}
	return nil
}

// versionFor returns the version of item that an unseen change of it may replace:
// any, unless the request has preconditions, which hold of item.
func versionFor(r *http.Request, item items.Item) int64 {
	if unconditional(r) {
		return items.AnyVersion
	}
	return item.Version
}

func unconditional(r *http.Request) bool {
	return r.Header.Values("If-Match") == nil && r.Header.Values("If-None-Match") == nil
}

// whileUnchanged calls write with the item, and again with what became of it
// where write says by items.ErrVersion that it was changed in the meantime. So
// the preconditions hold of the very version that is replaced. Each call in vain
// is another's that was not; the end of the request's context ends them.
func (a *api) whileUnchanged(r *http.Request, item items.Item, write func(items.Item) error) error {
	for {
		err := write(item)
		if !errors.Is(err, items.ErrVersion) {
			return err
		}
		if item, err = a.target(r, item.ID); err != nil {
			return err
		}
	}
}
