package etag

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
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
		{[]string{`"b, "a"`}, false},
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

func TestExpected(t *testing.T) {
	for _, tt := range []struct {
		values []string
		want   bool
	}{
		{nil, true},
		{[]string{`"a"`}, true},
		{[]string{`*`}, true},
		{[]string{" *\t"}, true},
		{[]string{`"b", "c" ,"a"`}, true},
		{[]string{`"b"`, `"a"`}, true},
		{[]string{`, "a",, `}, true},
		{[]string{`"b,c","a"`}, true},
		{[]string{""}, false},
		{[]string{`"b"`}, false},
		{[]string{`W/"a"`}, false},
		{[]string{`"A"`}, false},
		{[]string{`"aa"`}, false},
		{[]string{`a`}, false},
		{[]string{`"a" "b"`}, false},
		{[]string{`"a", b`}, false},
		{[]string{`"a", "b`}, false},
		{[]string{`*, "a"`}, false},
		{[]string{`*`, `*`}, false},
		{[]string{"\"a\", \"b c\""}, false},
		{[]string{`W/`}, false},
	} {
		r := httptest.NewRequest("PUT", "/", nil)
		for _, value := range tt.values {
			r.Header.Add("If-Match", value)
		}
		if got := Expected(r, `"a"`); got != tt.want {
			t.Errorf("Expected of %q = %t", tt.values, got)
		}
	}
}

func TestLegible(t *testing.T) {
	for _, tt := range []struct {
		values []string
		want   bool
	}{
		{nil, true},
		{[]string{""}, true},
		{[]string{"*"}, true},
		{[]string{`"a"`, `W/"b", ,"c,d"`}, true},
		{[]string{"a"}, false},
		{[]string{`"a`}, false},
		{[]string{`"a"`, "b"}, false},
		{[]string{`"a" "b"`}, false},
		{[]string{`"a", *`}, false},
		{[]string{"w/\"a\""}, false},
	} {
		if got := Legible(http.Header{"If-Match": tt.values}, "If-Match"); got != tt.want {
			t.Errorf("Legible of %q = %t", tt.values, got)
		}
	}
}

func TestReplace(t *testing.T) {
	for _, tt := range []struct{ values, want []string }{
		{nil, nil},
		{[]string{`"a"`}, []string{`W/"a"`}},
		{[]string{`"a,b" ,,"c"`, `"d"`}, []string{`W/"a,b", W/"c", W/"d"`}},
		{[]string{`"a", b`}, []string{`"a", b`}},
		{[]string{`*`}, []string{`*`}},
	} {
		header := http.Header{"If-Match": tt.values}
		Replace(header, "If-Match", func(tag string) string { return "W/" + tag })
		if got := header["If-Match"]; !slices.Equal(got, tt.want) {
			t.Errorf("%q becomes %q, want %q", tt.values, got, tt.want)
		}
	}
}

// FuzzList checks that every tag of a list is one, and that the tags alone make
// the same list.
func FuzzList(f *testing.F) {
	for _, seed := range []string{`"a"`, `W/"a"`, `*`, `"b,c", "a" ,,`, `"a" "b"`, `W/`, `"`, `*,*`, "\"\x7f\"", "\"\xff\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got, ok := parseList([]string{value})
		if !ok && (got.any || got.tags != nil) {
			t.Errorf("%q is no list, and read as %+v", value, got)
		}
		if got.any && (got.tags != nil || strings.Trim(value, " \t") != "*") {
			t.Errorf("%q is read as %+v", value, got)
		}
		for _, tag := range got.tags {
			opaque := strings.TrimPrefix(tag, "W/")
			if len(opaque) < 2 || opaque[0] != '"' || strings.IndexByte(opaque[1:], '"') != len(opaque)-2 {
				t.Errorf("%q has the tag %q", value, tag)
			}
			if got.hasStrongly(tag) != (tag == opaque) || !got.hasWeakly(opaque) {
				t.Errorf("%q does not have its tag %q", value, tag)
			}
		}
		if again, _ := parseList(got.tags); !slices.Equal(again.tags, got.tags) {
			t.Errorf("%q is read as %q, and that as %q", value, got.tags, again.tags)
		}
	})
}
