package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"example.com/multistage/items"
)

func TestGet(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	resp := s.do(t, "GET", itemPath(item.ID), "")
	if got := decode[items.Item](t, resp); resp.StatusCode != http.StatusOK || got != item {
		t.Errorf("%s: %+v, want %+v", resp.Status, got, item)
	}
	if got := resp.Header.Get("ETag"); got != `"1"` {
		t.Errorf("ETag: %s", got)
	}
}

func TestGetUnknown(t *testing.T) {
	s := newService(t)
	s.create(t, "one")
	for _, id := range []string{"2", "0", "-1", "+1", "01", "1.0", "x", "9007199254740992", "99999999999999999999", "%20"} {
		wantProblem(t, s.do(t, "GET", "/api/items/"+id, ""), http.StatusNotFound)
	}
}

func TestGetConditional(t *testing.T) {
	s := newService(t)
	path := itemPath(s.create(t, "one").ID)
	for _, tt := range []struct {
		header string
		status int
	}{
		{`"1"`, 304},
		{`W/"1"`, 304},
		{`"0", "1"`, 304},
		{`*`, 304},
		{`"2"`, 200},
		{`1`, 200},
		{`"11"`, 200},
		{``, 200},
	} {
		resp := s.do(t, "GET", path, "", "If-None-Match: "+tt.header)
		if resp.StatusCode != tt.status || resp.Header.Get("ETag") != `"1"` {
			t.Errorf("If-None-Match: %s: %s, ETag: %s; want %d", tt.header, resp.Status, resp.Header.Get("ETag"), tt.status)
		}
		if body, _ := io.ReadAll(resp.Body); (len(body) == 0) != (tt.status == 304) {
			t.Errorf("If-None-Match: %s: body %q", tt.header, body)
		}
	}
}

func TestGetIfMatch(t *testing.T) {
	s := newService(t)
	path := itemPath(s.create(t, "one").ID)
	for _, method := range []string{"GET", "HEAD"} {
		for _, tt := range []struct {
			headers []string
			status  int
		}{
			{[]string{`If-Match: "1"`}, 200},
			{[]string{`If-Match: *`}, 200},
			{[]string{`If-Match: "0", "1"`}, 200},
			{[]string{`If-Match: "1"`, `If-None-Match: "1"`}, 304},
			{[]string{`If-Match: "2"`}, 412},
			{[]string{`If-Match: "2"`, `If-None-Match: "1"`}, 412},
			{[]string{`If-Match: W/"1"`}, 412},
			{[]string{`If-Match: 1`}, 400},
		} {
			resp := s.do(t, method, path, "", tt.headers...)
			tag, cache := `"1"`, "no-cache"
			if tt.status >= 400 {
				cache = "no-store"
				wantProblem(t, resp, tt.status)
			}
			if tt.status == 400 {
				tag = ""
			}
			if h := resp.Header; resp.StatusCode != tt.status || h.Get("ETag") != tag || h.Get("Cache-Control") != cache {
				t.Errorf("%s, %s: %s, ETag: %s, Cache-Control: %s; want %d", method, tt.headers, resp.Status, h.Get("ETag"), h.Get("Cache-Control"), tt.status)
			}
		}
	}
	wantProblem(t, s.do(t, "GET", itemPath(2), "", "If-Match: *"), http.StatusNotFound)
}

// TestHead asks a real server, which tells the length of a small body itself.
func TestHead(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	server := httptest.NewServer(s.handler)
	defer server.Close()
	ask := func(method, path string) (resp *http.Response, body []byte) {
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp, err = server.Client().Do(req); err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if body, err = io.ReadAll(resp.Body); err != nil {
			t.Fatal(err)
		}
		return resp, body
	}
	for range 8 { // bodies of 0.1 to 3 kB
		for _, path := range []string{"/api/items", itemPath(item.ID)} {
			get, body := ask("GET", path)
			head, none := ask("HEAD", path)
			for _, resp := range []*http.Response{get, head} {
				if got := resp.Header.Get("Content-Length"); resp.StatusCode != 200 || got != strconv.Itoa(len(body)) {
					t.Errorf("%s: %s, Content-Length: %s, want %d", path, resp.Status, got, len(body))
				}
			}
			if len(none) != 0 {
				t.Errorf("%s: a HEAD has the body %q", path, none)
			}
		}
		s.create(t, strings.Repeat("x", items.MaxNameLen))
	}
}
