package wrap

import (
	"net/http"
	"strings"
	"sync"

	"example.com/multistage/server/header"
)

// minCoded is the most bytes of a body that stays as it is, since coding it
// saves no packet.
const minCoded = 1 << 10

// Compress codes the bodies of responses with gzip where the client likes it: text of
// more than 1 KiB, and whatever the handler flushes before that. A
// coded response has no Content-Length, and its strong ETag a suffix, "3-gzip",
// which the conditions of later requests may bear and handlers never see.
//
// It belongs within [AccessLog], whose bytes are then those that are sent, and
// within [Recover], since a panic leaves a body without its end.
func Compress(next http.Handler) http.Handler {
	encoders := new(encoders)
	varies := header.New("Vary", "Accept-Encoding")
	compressors := sync.Pool{New: func() any { return &compressor{encoders: encoders, varies: varies} }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := compressors.Get().(*compressor)
		c.reset(w, r.Header)
		defer func() {
			c.release()
			compressors.Put(c)
		}()
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
