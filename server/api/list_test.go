package api

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/multistage/items"
)

func TestListFollowsLinks(t *testing.T) {
	s := newService(t)
	var want []items.Item
	for i := range 7 {
		want = append(want, s.create(t, fmt.Sprint("item ", i)))
	}
	link := regexp.MustCompile(`^<(/api/items\?[^>]+)>; rel="next"$`)
	for _, limit := range []int{1, 3, 7} {
		var got []items.Item
		for target := fmt.Sprint("/api/items?limit=", limit); target != ""; {
			resp := s.do(t, "GET", target, "")
			if resp.StatusCode != http.StatusOK {
				t.Fatalf("%s: %s", target, resp.Status)
			}
			got = append(got, decode[[]items.Item](t, resp)...)
			header := resp.Header.Get("Link")
			if more := len(got) < len(want); (header != "") != more {
				t.Fatalf("%s: Link: %q after %d items of %d", target, header, len(got), len(want))
			}
			target = ""
			if header != "" {
				target = link.FindStringSubmatch(header)[1]
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: %v, want %v", limit, got, want)
		}
	}
}

func TestListDefaultLimit(t *testing.T) {
	s := newService(t)
	for i := range defaultLimit + 1 {
		s.create(t, fmt.Sprint("item ", i))
	}
	for target, want := range map[string]int{
		"/api/items":                   defaultLimit,
		"/api/items?limit=1000":        defaultLimit + 1,
		"/api/items?limit=5&utm=other": 5,
	} {
		if got := decode[[]items.Item](t, s.do(t, "GET", target, "")); len(got) != want {
			t.Errorf("%s: %d items, want %d", target, len(got), want)
		}
	}
}

func TestListRefuses(t *testing.T) {
	s := newService(t)
	for query, parameter := range map[string]string{
		"limit=0":          "limit",
		"limit=1001":       "limit",
		"limit=-1":         "limit",
		"limit=":           "limit",
		"limit=ten":        "limit",
		"limit=1&limit=2":  "limit",
		"after=":           "after",
		"after=1":          "after",
		"after=AQE%3D":     "after",
		"after=AQE&after=": "after",
		"limit=%zz":        "",
		"limit=1;after=2":  "",
	} {
		t.Run(query, func(t *testing.T) {
			wantProblem(t, s.do(t, "GET", "/api/items?"+query, ""), http.StatusBadRequest, strings.Fields(parameter)...)
		})
	}
}

func TestListWithoutItemsIsAnArray(t *testing.T) {
	got := decode[[]items.Item](t, newService(t).do(t, "GET", "/api/items", ""))
	if got == nil || len(got) != 0 {
		t.Errorf("%#v, want an empty array", got)
	}
}

// FuzzCursor checks that a cursor that is taken is the one that is made of its id.
func FuzzCursor(f *testing.F) {
	for _, id := range []int64{1, 127, 128, items.MaxID} {
		f.Add(formatCursor(id))
	}
	for _, s := range []string{"", "AQ", "AQA", "AgE", "AQGA", "A\nQE", "AYCAgICAgICAEA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := parseCursor(s)
		if err == nil && (id < 1 || id > items.MaxID || formatCursor(id) != s) {
			t.Errorf("parseCursor(%q) = %d", s, id)
		}
	})
}

func TestCursorRoundTrip(t *testing.T) {
	for _, id := range []int64{1, 127, 128, 1 << 32, items.MaxID} {
		if got, err := parseCursor(formatCursor(id)); err != nil || got != id {
			t.Errorf("cursor of %d is read as %d, %v", id, got, err)
		}
	}
	if id, err := parseCursor(formatCursor(items.MaxID + 1)); err == nil {
		t.Errorf("a cursor beyond the last id is read as %d", id)
	}
}
