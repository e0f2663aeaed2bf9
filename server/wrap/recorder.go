package wrap

import (
	"net/http"
	"sync"
	"time"
)

// recorder notes what is written to an http.ResponseWriter, and when.
type recorder struct {
	http.ResponseWriter
	status int   // 0 until the final header is written
	bytes  int64 // of the body
	begin  time.Time
}

// recorders are recorders for further requests. The zero value has none yet.
type recorders struct {
	pool sync.Pool
}

// record returns w as a recorder; a recorder stays the one it is. It is given back
// by release, after the request.
func (rs *recorders) record(w http.ResponseWriter) *recorder {
	if rec, ok := w.(*recorder); ok {
		return rec
	}
	rec, ok := rs.pool.Get().(*recorder)
	if !ok {
		rec = new(recorder)
	}
	*rec = recorder{ResponseWriter: w, begin: time.Now()}
	return rec
}

// release takes back a recorder that record has made for w.
func (rs *recorders) release(rec *recorder, w http.ResponseWriter) {
	if w != http.ResponseWriter(rec) {
		*rec = recorder{}
		rs.pool.Put(rec)
	}
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 { // below are interim responses
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// finalStatus returns the status of a response whose handler has returned.
func (r *recorder) finalStatus() int {
	if r.status == 0 {
		return http.StatusOK // net/http's answer for a handler that writes nothing
	}
	return r.status
}

// Unwrap lets [http.ResponseController] reach the methods of the writer below.
func (r *recorder) Unwrap() http.ResponseWriter {
	return r.ResponseWriter
}
