package route

import "net/http"

// Wrap returns the routes with wrapper around each handler. A wrapper of one
// route, unlike one of the whole service, sees what [New] set in the request,
// and can be left off others.
func Wrap(routes []Route, wrapper func(http.Handler) http.Handler) []Route {
	wrapped := make([]Route, len(routes))
	for i, r := range routes {
		r.Handler = wrapper(r.Handler)
		wrapped[i] = r
	}
	return wrapped
}
