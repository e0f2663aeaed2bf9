package wrap

import "net/http"

// CloseConns ends each connection with the response under way while draining says so:
// a client that keeps connections open, such as a load balancer, then sends no request
// on one that is just being closed. Over HTTP/2 net/http tells it so by GOAWAY.
func CloseConns(draining func() bool) Wrapper {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if draining() {
				w.Header().Set("Connection", "close")
			}
			next.ServeHTTP(w, r)
		})
	}
}
