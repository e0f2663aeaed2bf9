package wrap

import (
	"net/http"
	"strings"
	"time"

	"example.com/multistage/server/logs"
)

// AccessLog logs one line for each request when it has ended. Without a log it does
// nothing.
func AccessLog(log *logs.Requests) Wrapper {
	if log == nil {
		return func(next http.Handler) http.Handler { return next }
	}
	return func(next http.Handler) http.Handler {
		var recorders recorders
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := recorders.record(w)
			defer recorders.release(rec, w)
			ended := false
			defer func() { logRequest(log, rec, r, ended) }()
			next.ServeHTTP(rec, r)
			ended = true
		})
	}
}

// logRequest logs a request; ended is false when a panic cut its response off.
func logRequest(log *logs.Requests, rec *recorder, r *http.Request, ended bool) {
	now := time.Now()
	line := logs.Request{
		Time: now, Method: r.Method, Route: routeOf(r.Pattern), Path: r.URL.Path, Status: rec.status, Bytes: rec.bytes,
		Took: now.Sub(rec.begin), Remote: r.RemoteAddr, ID: requestID(rec), Aborted: !ended,
	}
	if ended {
		line.Status = rec.finalStatus()
	}
	if r.Method == http.MethodHead {
		line.Bytes = 0 // net/http drops the body
	}
	if tp := r.Header.Get("Traceparent"); validTraceparent(tp) {
		line.Traceparent = tp
	}
	log.Log(&line)
}

// routeOf returns the path of a route's pattern, and nothing for the pattern of
// the requests that no route takes.
func routeOf(pattern string) string {
	path := pattern[strings.IndexByte(pattern, ' ')+1:]
	if path == "/" {
		return ""
	}
	return path
}
