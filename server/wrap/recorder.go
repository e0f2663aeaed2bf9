package wrap

import "net/http"

// recorder notes what is written to an http.ResponseWriter.
type recorder struct {
	http.ResponseWriter
	status int   // 0 until the final header is written
	bytes  int64 // of the body
}

// record returns w as a recorder; a recorder stays the one it is.
func record(w http.ResponseWriter) *recorder {
	if rec, ok := w.(*recorder); ok {
		return rec
	}
	return &recorder{ResponseWriter: w}
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
