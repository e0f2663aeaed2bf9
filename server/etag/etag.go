// Package etag compares entity tags.
package etag

import (
	"net/http"
	"strings"
)

// Held reports whether the client says by If-None-Match that it holds the
// representation with the given tag, by the weak comparison of RFC 9110, section
// 13.1.2. The tag must have no comma.
func Held(r *http.Request, tag string) bool {
	for _, value := range r.Header.Values("If-None-Match") {
		for candidate := range strings.SplitSeq(value, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
				return true
			}
		}
	}
	return false
}
