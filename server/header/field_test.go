package header

import (
	"net/http"
	"slices"
	"testing"
)

// TestFieldIsShared holds that what is done to one response is not seen in another.
func TestFieldIsShared(t *testing.T) {
	field := New("x-request-ID", "value")
	a, b := make(http.Header), make(http.Header)
	field.Set(a)
	field.Set(b)
	a.Add("X-Request-Id", "more")
	if got := b.Values("X-Request-Id"); !slices.Equal(got, []string{"value"}) {
		t.Errorf("the other response has %q", got)
	}
	a.Set("X-Request-Id", "another")
	field.Set(a)
	if got := a.Values("X-Request-Id"); !slices.Equal(got, []string{"value"}) {
		t.Errorf("the field is %q", got)
	}
}

func TestSetTakesNoMemory(t *testing.T) {
	field, h := New("Vary", "Accept"), make(http.Header)
	if n := testing.AllocsPerRun(100, func() { field.Set(h) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
