package wrap

import (
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// AccessLog logs one line for each request when it has ended.
func AccessLog(log *slog.Logger) Wrapper {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			rec := record(w)
			ended := false
			defer func() { logRequest(log, rec, r, time.Since(start), ended) }()
			next.ServeHTTP(rec, r)
			ended = true
		})
	}
}

// logRequest logs a request; ended is false when a panic cut its response off.
func logRequest(log *slog.Logger, rec *recorder, r *http.Request, took time.Duration, ended bool) {
	status, bytes := rec.status, rec.bytes
	if ended {
		status = rec.finalStatus()
	}
	if r.Method == http.MethodHead {
		bytes = 0 // net/http drops the body
	}
	attrs := []slog.Attr{
		slog.String("method", r.Method),
		slog.String("route", routeOf(r.Pattern)),
		slog.String("path", r.URL.Path),
		slog.Int("status", status),
		slog.Int64("bytes", bytes),
		slog.Float64("duration_ms", float64(took.Microseconds())/1000),
		slog.String("remote", r.RemoteAddr),
		slog.String("request_id", rec.Header().Get(requestIDHeader)),
	}
	if !ended {
		attrs = append(attrs, slog.Bool("aborted", true))
	}
	if tp := r.Header.Get("Traceparent"); validTraceparent(tp) {
		attrs = append(attrs, slog.String("traceparent", tp))
	}
	log.LogAttrs(r.Context(), slog.LevelInfo, "request", attrs...)
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
