package logs

import (
	"time"
	"unicode/utf8"
)

// maxText is the most bytes of a method or a path that are logged.
const maxText = 1 << 10

// Request is what is logged of a request that has ended.
type Request struct {
	Time        time.Time // of its end
	Method      string
	Route       string // the path of its route's pattern, or empty
	Path        string
	Status      int   // 0 where the response was cut off before its header
	Bytes       int64 // of the body
	Took        time.Duration
	Remote      string // address and port of the client
	ID          string
	Aborted     bool   // whether the response was cut off
	Traceparent string // or empty
}

// request makes l the line of a request.
func (l *line) request(r *Request) {
	l.begin(r.Time)
	l.text("level", "INFO")
	l.text("msg", "request")
	l.text("method", cut(r.Method))
	l.text("route", r.Route)
	l.text("path", cut(r.Path))
	l.integer("status", int64(r.Status))
	l.integer("bytes", r.Bytes)
	l.milliseconds("duration_ms", r.Took)
	l.text("remote", r.Remote)
	l.text("request_id", r.ID)
	if r.Aborted {
		l.flag("aborted")
	}
	if r.Traceparent != "" {
		l.text("traceparent", r.Traceparent)
	}
	l.end()
}

// cut returns the first maxText bytes of s, up to a whole rune, with … after them, or s
// where that is no longer.
func cut(s string) string {
	if len(s) <= maxText {
		return s
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
