// Package etag evaluates the preconditions of requests on entity tags.
package etag

import (
	"net/http"
	"strings"
)

// Held reports whether the client says by If-None-Match that it holds the
// representation with the given tag, by the weak comparison of RFC 9110, section
// 13.1.2. A field that is no list of tags says nothing.
func Held(r *http.Request, tag string) bool {
	l, _ := parseList(r.Header.Values("If-None-Match"))
	return l.hasWeakly(tag)
}

// Expected reports whether the client's If-Match, if there is one, has the given
// tag, by the strong comparison of RFC 9110, section 13.1.1. A field that is no
// list of tags has none, so that no write happens which its client meant to
// guard.
func Expected(r *http.Request, tag string) bool {
	values := r.Header.Values("If-Match")
	l, _ := parseList(values)
	return len(values) == 0 || l.hasStrongly(tag)
}

// Legible reports whether a field of conditions, if there is one, is "*" or a list of
// tags, which may be empty. Tags without their quotes are none.
func Legible(header http.Header, field string) bool {
	_, ok := parseList(header[field])
	return ok
}

// Replace makes of each tag in a field of conditions what with returns. A field that
// is no list of tags stays as it is.
func Replace(header http.Header, field string, with func(tag string) string) {
	l, _ := parseList(header[field])
	if len(l.tags) == 0 {
		return
	}
	for i, tag := range l.tags {
		l.tags[i] = with(tag)
	}
	header[field] = []string{strings.Join(l.tags, ", ")}
}
