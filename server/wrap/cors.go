package wrap

import (
	"net/http"

	"github.com/rs/cors"
)

// corsMaxAge is for how many seconds browsers may keep what they were told of
// CORS: two hours, the most that Chromium takes.
const corsMaxAge = 2 * 60 * 60

// CORS lets pages of the given origins, or of all where one is "*", use the API
// (https://fetch.spec.whatwg.org/#http-cors-protocol), without credentials of
// the browser. Each origin must pass [CheckOrigin]. Without any it does nothing,
// so that browsers keep pages of other origins away.
//
// It belongs around what answers 401, since browsers ask first without a token,
// and a page can read an error only if it bears the headers too. A preflight is
// answered for the method and the headers that it asks for, as browsers write
// them: the names of headers in lower case and sorted.
func CORS(origins []string) Wrapper {
	if len(origins) == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	c := cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{
			http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		},
		AllowedHeaders: []string{
			"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Traceparent", requestIDHeader,
		},
		ExposedHeaders: []string{
			"Accept-Patch", "Allow", "ETag", "Idempotency-Replayed", "Link", "Location", "Retry-After", "WWW-Authenticate",
			requestIDHeader,
		},
		MaxAge: corsMaxAge,
	})
	return func(next http.Handler) http.Handler {
		shared := c.Handler(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodOptions && r.Header.Get("Origin") == "" { // no preflight, whatever else it bears
				next.ServeHTTP(w, r)
				return
			}
			shared.ServeHTTP(w, r)
		})
	}
}
