package wrap

import (
	"net/http"
	"strings"
)

// minCoded is the most bytes of a body that stays as it is, since coding it
// saves no packet.
const minCoded = 1 << 10

// Compress codes the bodies of responses with zstd or gzip, as the client likes:
// text of more than 1 KiB, and whatever the handler flushes before that. A
// coded response has no Content-Length, and its strong ETag a suffix, "3-gzip",
// which the conditions of later requests may bear and handlers never see.
//
// It belongs within [AccessLog], whose bytes are then those that are sent, and
// within [Recover], since a panic leaves a body without its end.
func Compress(next http.Handler) http.Handler {
	pool := newCodings()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		coding, must := choose(r.Header["Accept-Encoding"])
		c := &compressor{
			ResponseWriter: w,
			pool:           pool,
			coding:         coding,
			small:          minCoded,
			// The request is not copied, since wrappers outside see the route in it.
			named: bareConditions(r.Header),
		}
		if must {
			c.small = 0
		}
		defer c.release()
		next.ServeHTTP(c, r)
		c.finish()
	})
}

// isText reports whether a media type is of those that become much smaller.
func isText(contentType string) bool {
	mediaType, _, _ := strings.Cut(contentType, ";")
	mediaType = strings.ToLower(strings.Trim(mediaType, " \t"))
	switch mediaType {
	case "application/json", "application/x-ndjson", "application/yaml", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(mediaType, "text/") ||
		strings.HasSuffix(mediaType, "+json") || strings.HasSuffix(mediaType, "+xml")
}
