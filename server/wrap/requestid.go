package wrap

import "net/http"

// requestIDHeader carries the id that ties a request to its log lines, and
// requestIDKey is its name in an [http.Header].
const (
	requestIDHeader = "X-Request-ID"
	requestIDKey    = "X-Request-Id"
)

// maxRequestID is the most bytes of an id that is taken from a client.
const maxRequestID = 128

// RequestID gives each response the X-Request-ID of its request, or a new one
// where the request has none that is fit for a log.
func RequestID(next http.Handler) http.Handler {
	ids := newIDs()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header[requestIDKey]
		if len(id) == 0 || !validRequestID(id[0]) {
			id = ids.next()
		}
		w.Header()[requestIDKey] = id[:1:1]
		next.ServeHTTP(w, r)
	})
}

// requestID returns the id that RequestID gave a response, or nothing.
func requestID(w http.ResponseWriter) string {
	if id := w.Header()[requestIDKey]; len(id) > 0 {
		return id[0]
	}
	return ""
}

// validRequestID accepts 1 to maxRequestID visible ASCII characters.
func validRequestID(id string) bool {
	if id == "" || len(id) > maxRequestID {
		return false
	}
	for _, c := range []byte(id) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}
