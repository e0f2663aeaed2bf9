package logs

import "time"

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
	l.text("method", r.Method)
	l.text("route", r.Route)
	l.text("path", r.Path)
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
