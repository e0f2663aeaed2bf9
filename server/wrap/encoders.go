package wrap

import (
	"compress/gzip"
	"io"
	"sync"
)

// encoders makes encoders and keeps those that are done for the next responses.
type encoders struct{ pool sync.Pool }

// get returns an encoder that writes to w.
func (e *encoders) get(w io.Writer) *gzip.Writer {
	if encoder, ok := e.pool.Get().(*gzip.Writer); ok {
		encoder.Reset(w)
		return encoder
	}
	// Bodies are coded once for each response, so speed is worth more than size.
	encoder, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic("wrap: " + err.Error()) // the level is one that gzip has
	}
	return encoder
}

// put takes back an encoder of which all was written. HTTP/2 may read on in what a
// failed write was given, so that such an encoder has no other body.
func (e *encoders) put(encoder *gzip.Writer) {
	encoder.Reset(io.Discard)
	e.pool.Put(encoder)
}
