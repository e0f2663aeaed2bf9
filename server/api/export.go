package api

import (
	"io"
	"net/http"

	"example.com/multistage/items"
)

const (
	// exportPage is how many items an export reads from the store at once.
	exportPage = 500
	// exportChunk is about how many bytes of a page an export encodes at once.
	exportChunk = 32 << 10
)

// export serves GET /api/items as NDJSON: one item a line, all that q asks for. It
// holds a page of items and a chunk of their form at a time, less than 1 MB. Each
// page must be taken within the patience.
//
// It is no snapshot. Items that exist all the while come once, in ascending order.
func (a *api) export(w http.ResponseWriter, r *http.Request, q items.Query) error {
	w.Header().Set("Content-Type", mediaNDJSON)
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	if !a.streams.Take() {
		return errTooManyStreams
	}
	defer a.streams.Leave()
	s := newStream(w, a.patience)
	defer s.end()
	var chunk []byte
	send := func(page []items.Item) error {
		return s.send(func(w io.Writer) (err error) {
			chunk, err = writeLines(w, chunk, page)
			return err
		})
	}
	for left, begun := q.Limit, false; ; begun = true {
		q.Limit = min(left, exportPage)
		page, err := a.store.List(r.Context(), q)
		if err != nil && !begun {
			return err
		}
		if err != nil {
			a.log.Error("an export was cut off", "error", err, "request_id", w.Header().Get("X-Request-ID"))
			panic(http.ErrAbortHandler) // so that no client takes it for whole
		}
		if err := send(page.Items); err != nil {
			panic(http.ErrAbortHandler) // the client is gone, or too slow
		}
		left -= len(page.Items)
		if page.Next == 0 || left == 0 {
			return nil
		}
		q.After = page.Next
	}
}

// writeLines writes items, one a line. It returns chunk, in which it encodes them,
// for the next call.
func writeLines(w io.Writer, chunk []byte, page []items.Item) ([]byte, error) {
	chunk = chunk[:0]
	for _, item := range page {
		chunk = append(item.AppendJSON(chunk), '\n')
		if len(chunk) >= exportChunk {
			if _, err := w.Write(chunk); err != nil {
				return chunk, err
			}
			chunk = chunk[:0]
		}
	}
	_, err := w.Write(chunk)
	return chunk, err
}
