package api

import (
	"fmt"
	"net/http"
	"net/url"
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
		"limit=0":                            "limit",
		"limit=1001":                         "limit",
		"limit=-1":                           "limit",
		"limit=":                             "limit",
		"limit=ten":                          "limit",
		"limit=1&limit=2":                    "limit",
		"after=":                             "after",
		"after=1":                            "after",
		"after=AQE%3D":                       "after",
		"after=AQE&after=":                   "after",
		"q=":                                 "q",
		"q=%FF":                              "q",
		"q=a%00":                             "q",
		"q=a%0Ab":                            "q",
		"q=a&q=a":                            "q",
		"q=" + strings.Repeat("%C3%A9", 201): "q",
		"limit=0&q=&after=1":                 "limit after q",
		"q=a&q=b&limit=0&after=AQE":          "limit q",
		"limit=%zz":                          "",
		"limit=1;after=2":                    "",
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

// TestListByName follows the links of a query whose text needs escapes.
func TestListByName(t *testing.T) {
	s := newService(t)
	var want []items.Item
	for i := range 5 {
		want = append(want, s.create(t, fmt.Sprint("50% <Grüße> & \"+\" #", i)))
		s.create(t, "other")
	}
	var got []items.Item
	pages := 0
	for target := "/api/items?limit=2&q=" + url.QueryEscape("GRÜẞE> & \"+\" #"); target != ""; pages++ {
		resp := s.do(t, "GET", target, "")
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", target, resp.Status)
		}
		got = append(got, decode[[]items.Item](t, resp)...)
		link := resp.Header.Get("Link")
		if target = ""; link != "" {
			target = strings.TrimSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`)
			if !strings.Contains(target, "limit=2&q=GR%C3%9C") || strings.ContainsAny(target, "<> \"") {
				t.Errorf("Link: %s", link)
			}
		}
	}
	if !slices.Equal(got, want) || pages != 3 {
		t.Errorf("%v in %d pages, want %v in 3", got, pages, want)
	}
	if longest := s.do(t, "GET", "/api/items?q="+strings.Repeat("%C3%A9", 200), ""); longest.StatusCode != http.StatusOK {
		t.Error(longest.Status)
	}
}

// TestListByNameContinues holds that a page that found nothing within its bound
// leads to the one that does.
func TestListByNameContinues(t *testing.T) {
	s := newService(t)
	if _, err := s.store.CreateBatch(t.Context(), slices.Repeat([]items.Draft{{Name: "hay"}}, items.MaxExamined)); err != nil {
		t.Fatal(err)
	}
	needle := s.create(t, "needle")
	first := s.do(t, "GET", "/api/items?q=needle", "")
	if got := decode[[]items.Item](t, first); got == nil || len(got) != 0 {
		t.Errorf("%v, want an empty array", got)
	}
	next := strings.TrimSuffix(strings.TrimPrefix(first.Header.Get("Link"), "<"), `>; rel="next"`)
	second := s.do(t, "GET", next, "")
	if got := decode[[]items.Item](t, second); !slices.Equal(got, []items.Item{needle}) || second.Header.Get("Link") != "" {
		t.Errorf("%s: %v, Link: %q", next, got, second.Header.Get("Link"))
	}
}

// TestListHeaders holds that a list, of which no version is counted, has no tag.
func TestListHeaders(t *testing.T) {
	resp := newService(t).do(t, "GET", "/api/items", "", "Accept: text/html;q=0")
	for name, want := range map[string]string{
		"Content-Type": "application/json", "Vary": "Accept", "Cache-Control": "no-cache", "ETag": "",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
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
