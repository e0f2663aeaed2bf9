package api

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/server/route"
)

// TestStreamsAreLimited holds that streams and large pages leave room for other
// requests, and give their places back.
func TestStreamsAreLimited(t *testing.T) {
	s := newService(t)
	a := newAPI(s.store, slog.New(slog.DiscardHandler), Options{MaxStreams: 1})
	s.handler = route.New(a.routes())
	large := items.Draft{Name: "x", Description: strings.Repeat("x", items.MaxDescriptionLen)}
	if _, err := s.store.CreateBatch(t.Context(), slices.Repeat([]items.Draft{large}, 20)); err != nil {
		t.Fatal(err)
	}
	page := func() *http.Response {
		return s.do(t, http.MethodGet, itemsPath, "")
	}
	stream := func() *http.Response {
		return s.do(t, http.MethodGet, itemsPath, "", "Accept: "+mediaNDJSON)
	}
	lines := func() *http.Response {
		return s.do(t, http.MethodPost, itemsPath, `{"name":"x"}`, "Content-Type: "+mediaNDJSON)
	}
	if !a.streams.Take() {
		t.Fatal("the first stream has no place")
	}
	for about, ask := range map[string]func() *http.Response{"export": stream, "import": lines, "large page": page} {
		resp := ask()
		wantProblem(t, resp, http.StatusServiceUnavailable)
		if resp.Header.Get("Retry-After") != "1" {
			t.Errorf("%s: %v", about, resp.Header)
		}
	}
	if resp := s.do(t, http.MethodGet, itemsPath+"?limit=10", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("a page beside a stream: %s", resp.Status)
	}
	a.streams.Leave()
	for range 2 {
		if resp := stream(); resp.StatusCode != http.StatusOK {
			t.Errorf("export: %s", resp.Status)
		}
		if resp := lines(); resp.StatusCode != http.StatusOK {
			t.Errorf("import: %s", resp.Status)
		}
		if resp := page(); resp.StatusCode != http.StatusOK {
			t.Errorf("large page: %s", resp.Status)
		}
	}
}
