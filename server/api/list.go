package api

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// maxQuery is the most characters of the name that a list is asked for, as many as
// a name has.
const maxQuery = items.MaxNameLen

// The number of items in a page of the list: without a limit parameter, and at
// the most.
const (
	defaultLimit = 100
	maxLimit     = 1000
)

// list serves GET /api/items.
func (a *api) list(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add("Vary", "Accept")
	ndjson, limit := prefersNDJSON(r.Header), defaultLimit
	if ndjson {
		limit = math.MaxInt
	}
	q, err := parseQuery(r.URL.RawQuery, limit)
	if err != nil {
		return err
	}
	if ndjson {
		return a.export(w, r, q)
	}
	body := a.bodies.take()
	defer a.bodies.give(body)
	array, next, err := a.store.AppendList(r.Context(), *body, q)
	if err != nil {
		return err
	}
	*body = append(array, '\n')
	if len(*body) > maxKept { // its client may let it wait as long as that of a stream
		if !a.streams.Take() {
			return errTooManyStreams
		}
		defer a.streams.Leave()
	}
	if next != 0 {
		w.Header().Set("Link", nextLink(q, next))
	}
	a.noCache.Set(w.Header())
	a.writeJSON(w, http.StatusOK, body)
	return nil
}

// parseQuery reads the query of a list, with limit where it has none. Parameters
// that it does not know are other people's.
func parseQuery(raw string, limit int) (items.Query, error) {
	q := items.Query{Limit: limit}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return q, &requestError{problem.Problem{
			Status: http.StatusBadRequest,
			Detail: "The query can't be read: " + err.Error() + ".",
		}}
	}
	var faults []problem.Error
	for _, parameter := range []struct {
		name string
		read func(*items.Query, string) (detail string)
	}{{"limit", readLimit}, {"after", readCursor}, {"q", readPart}} {
		given, detail := values[parameter.name], ""
		switch {
		case len(given) > 1:
			detail = "must not be given more than once"
		case len(given) == 1:
			detail = parameter.read(&q, given[0])
		}
		if detail != "" {
			faults = append(faults, problem.Error{Parameter: parameter.name, Detail: detail})
		}
	}
	if faults != nil {
		return q, &requestError{problem.BadParameters(faults...)}
	}
	return q, nil
}

// readLimit sets the limit of q, or says why it can't.
func readLimit(q *items.Query, s string) (detail string) {
	var err error
	if q.Limit, err = strconv.Atoi(s); err != nil || q.Limit < 1 || q.Limit > maxLimit {
		return fmt.Sprintf("must be a number from 1 to %d", maxLimit)
	}
	return ""
}

// readCursor sets where q goes on, or says why it can't.
func readCursor(q *items.Query, s string) (detail string) {
	var err error
	if q.After, err = parseCursor(s); err != nil {
		return "must be a cursor from the Link header of a page"
	}
	return ""
}

// readPart sets the part of the names that q asks for, or says why it is in none.
func readPart(q *items.Query, s string) (detail string) {
	q.Name = s
	switch {
	case !utf8.ValidString(s):
		return "must be valid UTF-8"
	case s == "" || utf8.RuneCountInString(s) > maxQuery:
		return fmt.Sprintf("must have 1 to %d characters", maxQuery)
	case strings.ContainsFunc(s, unicode.IsControl):
		return "must not contain a control character"
	}
	return ""
}

// nextLink returns the Link header (RFC 8288) of a page of q whose next one comes
// after the given id.
func nextLink(q items.Query, after int64) string {
	values := url.Values{"after": {formatCursor(after)}, "limit": {strconv.Itoa(q.Limit)}}
	if q.Name != "" {
		values.Set("q", q.Name)
	}
	return fmt.Sprintf(`<%s?%s>; rel="next"`, itemsPath, values.Encode())
}
