package wrap

import "net/http"

// SecurityHeaders tells browsers to take every response for what it says it is,
// to show none in a frame, to share none with pages of other origins, to keep
// none, and to run nothing of one that is opened as a page. Over TLS it has them
// use TLS only for a year. Handlers set policies of their own, as the home page
// does, and [CORS] shares with the origins that it is given.
func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		// Of requests without CORS alone, such as those of <img> and <script>.
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000") // seconds
		}
		next.ServeHTTP(w, r)
	})
}
