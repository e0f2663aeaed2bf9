package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// The number of items in a page of the list: without a limit parameter, and at
// the most.
const (
	defaultLimit = 100
	maxLimit     = 1000
)

// list serves GET /api/items.
func (a *api) list(w http.ResponseWriter, r *http.Request) error {
	q, err := parseListQuery(r.URL.RawQuery)
	if err != nil {
		return err
	}
	page, err := a.store.List(r.Context(), items.Query{After: q.after, Limit: q.limit})
	if err != nil {
		return err
	}
	if page.Next != 0 {
		w.Header().Set("Link", nextLink(page.Next, q.limit))
	}
	w.Header().Set("Cache-Control", "no-cache")
	writeJSON(w, http.StatusOK, appendList(nil, page.Items))
	return nil
}

// listQuery is the query of the list: at most limit items after an id.
type listQuery struct {
	after int64
	limit int
}

func parseListQuery(raw string) (listQuery, error) {
	q := listQuery{limit: defaultLimit}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return q, &requestError{problem.Problem{
			Status: http.StatusBadRequest,
			Detail: "The query can't be read: " + err.Error() + ".",
		}}
	}
	for _, name := range []string{"limit", "after"} {
		if len(values[name]) > 1 {
			return q, badParameter(name, "must not be given more than once")
		}
	}
	if values.Has("limit") {
		q.limit, err = strconv.Atoi(values.Get("limit"))
		if err != nil || q.limit < 1 || q.limit > maxLimit {
			return q, badParameter("limit", fmt.Sprintf("must be a number from 1 to %d", maxLimit))
		}
	}
	if values.Has("after") {
		q.after, err = parseCursor(values.Get("after"))
		if err != nil {
			return q, badParameter("after", "must be a cursor from the Link header of a page")
		}
	}
	return q, nil
}

// nextLink returns the Link header (RFC 8288) of a page whose next one comes after
// the given id.
func nextLink(after int64, limit int) string {
	return fmt.Sprintf(`<%s?after=%s&limit=%d>; rel="next"`, itemsPath, formatCursor(after), limit)
}

// appendList appends a page as a JSON array.
func appendList(b []byte, page []items.Item) []byte {
	b = append(b, '[')
	for i, item := range page {
		if i > 0 {
			b = append(b, ',')
		}
		b = item.AppendJSON(b)
	}
	return append(b, ']', '\n')
}
