package api

import (
	"net/http"

	"example.com/multistage/server/accept"
)

// prefersNDJSON reports whether a client would rather have NDJSON than JSON, by
// the qualities in Accept (RFC 9110, section 12.5.1). NDJSON has to be named, and
// wildcards speak for JSON only: a client that takes anything gets what most can
// read. What can't be read of the field says nothing.
func prefersNDJSON(header http.Header) bool {
	var ndjson, json float64
	best := 0 // how exactly the range that json is from names it
	for mediaRange, weight := range accept.Weights(header["Accept"]) {
		exact := 3
		switch mediaRange {
		case mediaNDJSON:
			ndjson = max(ndjson, weight)
			continue
		case mediaJSON:
		case "application/*":
			exact = 2
		case "*/*":
			exact = 1
		default:
			continue
		}
		switch {
		case exact > best:
			best, json = exact, weight
		case exact == best:
			json = max(json, weight)
		}
	}
	return ndjson > json
}
