package blackbox

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"testing"
)

func testPaging(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	var want []int64
	for i := range 7 {
		want = append(want, c.create(fmt.Sprint("item ", i)).ID)
	}

	for limit, pages := range map[int]int{1: 7, 3: 3, 7: 1, 1000: 1} {
		t.Run(fmt.Sprint("limit ", limit), func(t *testing.T) {
			path, got, read := fmt.Sprint("/api/items?limit=", limit), []int64(nil), 0
			for ; path != ""; read++ {
				page := c.get(path)
				page.wantStatus(t, http.StatusOK)
				page.wantHeader(t, "Content-Type", "application/json")
				for _, item := range decode[[]item](t, page) {
					got = append(got, item.ID)
				}
				path = next(t, page)
			}
			if !slices.Equal(got, want) || read != pages {
				t.Errorf("%v in %d pages, want %v in %d", got, read, want, pages)
			}
		})
	}

	for query, parameter := range map[string]string{
		"limit=0":       "limit",
		"limit=-1":      "limit",
		"limit=1001":    "limit",
		"limit=ten":     "limit",
		"limit=1e2":     "limit",
		"after=garbage": "after",
		"after=%00":     "after",
	} {
		t.Run(query, func(t *testing.T) {
			c.get("/api/items?"+query).wantProblem(t, http.StatusBadRequest, parameter)
		})
	}
}

// next returns the path of the following page, or "" on the last one (RFC 8288).
func next(t *testing.T, page answer) string {
	t.Helper()
	link := page.header.Get("Link")
	if link == "" {
		return ""
	}
	match := regexp.MustCompile(`^<(/api/items\?[^>]+)>; rel="next"$`).FindStringSubmatch(link)
	if match == nil {
		t.Fatalf("Link: %q", link)
	}
	return match[1]
}
