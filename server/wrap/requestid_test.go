package wrap

import (
	"strings"
	"testing"
)

func TestRequestID(t *testing.T) {
	h := RequestID(answer(200, ""))
	for _, id := range []string{"a", "3fa85f64-5717/4562:b3fc", strings.Repeat("x", 128)} {
		if got := serve(t, h, "X-Request-ID: "+id).Header.Get("X-Request-ID"); got != id {
			t.Errorf("%q became %q", id, got)
		}
	}
	made := make(map[string]bool)
	for _, id := range []string{"", "a b", "a\x00", "é", strings.Repeat("x", 129)} {
		got := serve(t, h, "X-Request-ID: "+id).Header.Get("X-Request-ID")
		if got == id || !validRequestID(got) || made[got] {
			t.Errorf("%q became %q", id, got)
		}
		made[got] = true
	}
}
