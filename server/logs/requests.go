package logs

import "sync"

// Requests logs requests. [NewRequests] makes one; it may be used by many
// goroutines at once.
type Requests struct {
	to    *Writer
	lines sync.Pool // of *line
}

// NewRequests returns a log of requests that writes to the given writer, in JSON or
// as text.
func NewRequests(to *Writer, json bool) *Requests {
	return &Requests{to, sync.Pool{New: func() any { return &line{json: json} }}}
}

// Log logs a request. Its line is written soon, see [Writer.Append].
func (l *Requests) Log(r *Request) {
	line := l.lines.Get().(*line)
	line.request(r)
	l.to.Append(line.b)
	l.lines.Put(line)
}
