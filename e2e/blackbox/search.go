package blackbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func testSearch(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	var want []int64
	for _, name := range []string{"Grüße & Küsse", "other", "GRÜSSE? grüße!", "grusse", "vergrüßen"} {
		made := c.create(name)
		if strings.Contains(strings.ToLower(name), "grüße") || name == "vergrüßen" {
			want = append(want, made.ID)
		}
	}
	var got []int64
	for path := "/api/items?limit=1&q=" + url.QueryEscape("GRÜẞE"); path != ""; {
		page := c.get(path)
		page.wantStatus(t, http.StatusOK)
		page.wantHeader(t, "ETag", "")
		for _, item := range decode[[]item](t, page) {
			got = append(got, item.ID)
		}
		path = next(t, page)
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	for _, query := range []string{"q=", "q=%FF", "q=%0A", "q=" + strings.Repeat("x", 201), "q=a&q=b"} {
		c.get("/api/items?"+query).wantProblem(t, http.StatusBadRequest, "q")
	}
}
