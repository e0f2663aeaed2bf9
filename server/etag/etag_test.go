package etag

import (
	"net/http/httptest"
	"testing"
)

func TestHeld(t *testing.T) {
	for _, tt := range []struct {
		values []string
		want   bool
	}{
		{nil, false},
		{[]string{""}, false},
		{[]string{`"a"`}, true},
		{[]string{`W/"a"`}, true},
		{[]string{`*`}, true},
		{[]string{`"b", W/"c" ,"a"`}, true},
		{[]string{`"b"`, `"a"`}, true},
		{[]string{`a`}, false},
		{[]string{`"A"`}, false},
		{[]string{`"aa"`}, false},
		{[]string{`w/"a"`}, false},
		{[]string{`"b,c"`}, false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		for _, value := range tt.values {
			r.Header.Add("If-None-Match", value)
		}
		if got := Held(r, `"a"`); got != tt.want {
			t.Errorf("Held of %q = %t", tt.values, got)
		}
	}
}
