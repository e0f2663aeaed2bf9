package api

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

// gone is a response whose client has gone. It keeps what it is given, as one of
// HTTP/2 does that is reset while a frame of it waits to be written.
type gone struct {
	*httptest.ResponseRecorder
	kept []byte
}

func (g *gone) Write(p []byte) (int, error) {
	g.kept = p
	return 0, errors.New("on purpose")
}

// TestBodyOfAFailedWriteIsLeftAlone checks that no other body is written over one
// that may still be read.
func TestBodyOfAFailedWriteIsLeftAlone(t *testing.T) {
	s := newService(t)
	first := itemPath(s.create(t, "first").ID)
	second := itemPath(s.create(t, "other").ID)
	for range 100 { // a pool gives no promise to give again what it was given
		w := &gone{ResponseRecorder: httptest.NewRecorder()}
		s.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, first, nil))
		want := bytes.Clone(w.kept)
		s.do(t, http.MethodGet, second, "")
		if !bytes.Equal(w.kept, want) {
			t.Fatalf("%s has become %s", want, w.kept)
		}
	}
}
