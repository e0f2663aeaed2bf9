package wrap

import (
	"net/http"

	"example.com/multistage/server/header"
)

// SecurityHeaders tells browsers to take every response for what it says it is,
// to show none in a frame, to share none with pages of other origins, to keep
// none, and to run nothing of one that is opened as a page. Over TLS it has them
// use TLS only for a year. Handlers set policies of their own, as the home page
// does, and [CORS] shares with the origins that it is given.
//
// What only pages need is left to them: a response of the API has eight fields, for
// which a map has room before it grows.
func SecurityHeaders(next http.Handler) http.Handler {
	always := []header.Field{
		header.New("X-Content-Type-Options", "nosniff"),
		header.New("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
		// Of requests without CORS alone, such as those of <img> and <script>.
		header.New("Cross-Origin-Resource-Policy", "same-origin"),
		header.New("Cache-Control", "no-store"),
	}
	overTLS := header.New("Strict-Transport-Security", "max-age=31536000") // seconds
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, field := range always {
			field.Set(h)
		}
		if r.TLS != nil {
			overTLS.Set(h)
		}
		next.ServeHTTP(w, r)
	})
}
