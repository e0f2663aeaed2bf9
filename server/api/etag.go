package api

import (
	"strconv"
	"strings"

	"example.com/multistage/items"
)

// etag returns the strong entity tag of an item's representation.
func etag(item items.Item) string {
	return `"` + strconv.FormatInt(item.Version, 10) + `"`
}

// matchesAny reports whether the values of an If-None-Match header name tag, by
// the weak comparison of RFC 9110, section 13.1.2.
func matchesAny(values []string, tag string) bool {
	for _, value := range values {
		for candidate := range strings.SplitSeq(value, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
				return true
			}
		}
	}
	return false
}
