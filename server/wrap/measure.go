package wrap

import (
	"net/http"
	"time"
)

// Meter is told of every request. Its methods may be called from many
// goroutines at once.
type Meter interface {
	// Begin is called when a request has come.
	Begin()
	// End is called once for each Begin, when the request has ended. The route
	// is the path of its route's pattern, and empty where no route took it.
	// The status is 0 where the response was cut off.
	End(method, route string, status int, took time.Duration)
}

// Measure tells m of every request.
func Measure(m Meter) Wrapper {
	return func(next http.Handler) http.Handler {
		var recorders recorders
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := recorders.record(w)
			defer recorders.release(rec, w)
			status := 0
			m.Begin()
			defer func() { m.End(r.Method, routeOf(r.Pattern), status, time.Since(rec.begin)) }()
			next.ServeHTTP(rec, r)
			status = rec.finalStatus()
		})
	}
}
