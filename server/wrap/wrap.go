// Package wrap holds what every request passes through on its way to a route,
// each a wrapper around an [http.Handler].
package wrap

import "net/http"

// Wrapper adds something to a handler.
type Wrapper func(http.Handler) http.Handler

// Handler wraps next in the wrappers, of which the first is the outermost.
func Handler(next http.Handler, wrappers ...Wrapper) http.Handler {
	for i := len(wrappers) - 1; i >= 0; i-- {
		next = wrappers[i](next)
	}
	return next
}
