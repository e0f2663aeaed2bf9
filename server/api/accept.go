package api

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// prefersNDJSON reports whether a client would rather have NDJSON than JSON, by
// the qualities in Accept (RFC 9110, section 12.5.1). NDJSON has to be named, and
// wildcards speak for JSON only: a client that takes anything gets what most can
// read. What can't be read of the field says nothing.
func prefersNDJSON(header http.Header) bool {
	var ndjson, json float64
	best := 0 // the parts of the range that json is from which are no wildcard, and one
	for element := range splitList(strings.Join(header.Values("Accept"), ",")) {
		mediaType, params, err := mime.ParseMediaType(element)
		q, ok := quality(params)
		if err != nil || !ok {
			continue
		}
		specific := map[string]int{mediaJSON: 3, "application/*": 2, "*/*": 1}[mediaType]
		switch {
		case mediaType == mediaNDJSON:
			ndjson = max(ndjson, q)
		case specific > best:
			best, json = specific, q
		case specific == best && best > 0:
			json = max(json, q)
		}
	}
	return ndjson > json
}

// quality returns the weight of a range, from 0 to 1 (RFC 9110, section 12.4.2).
func quality(params map[string]string) (q float64, ok bool) {
	s, given := params["q"]
	if !given {
		return 1, true
	}
	if s == "" || len(s) > len("0.000") || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	q, err := strconv.ParseFloat(s, 64)
	return q, err == nil && q <= 1
}

// splitList returns the elements of a list (RFC 9110, section 5.6.1), in which a
// comma may also stand in a quoted string.
func splitList(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start, quoted := 0, false
		for i := 0; i < len(s); i++ {
			switch c := s[i]; {
			case c == '"':
				quoted = !quoted
			case c == '\\' && quoted:
				i++
			case c == ',' && !quoted:
				if !yield(s[start:i]) {
					return
				}
				start = i + 1
			}
		}
		yield(s[start:])
	}
}
