package wrap

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"example.com/multistage/server/problem"
)

// Recover answers a request whose handler panics with 500, and logs the panic.
// A response that has begun is cut off instead, so that no client takes it for
// whole.
func Recover(log *slog.Logger) Wrapper {
	return func(next http.Handler) http.Handler {
		var recorders recorders
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := recorders.record(w)
			defer recorders.release(rec, w)
			defer func() {
				p := recover()
				if p == nil {
					return
				}
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.Error("panic", "panic", fmt.Sprint(p), "request_id", requestID(rec),
					"stack", string(debug.Stack()))
				if rec.status != 0 {
					panic(http.ErrAbortHandler)
				}
				rec.Header().Del("Content-Length") // of the response that was not written
				problem.Write(rec, problem.Problem{
					Status: http.StatusInternalServerError,
					Detail: "The service failed. Its log says why, under the request's X-Request-ID.",
				})
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
