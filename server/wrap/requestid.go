package wrap

import (
	"crypto/rand"
	"net/http"
)

// requestIDHeader carries the id that ties a request to its log lines.
const requestIDHeader = "X-Request-ID"

// maxRequestID is the most bytes of an id that is taken from a client.
const maxRequestID = 128

// RequestID gives each response the X-Request-ID of its request, or a new one
// where the request has none that is fit for a log.
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !validRequestID(id) {
			id = rand.Text()
		}
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r)
	})
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
