package route

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestRoutes(t *testing.T) {
	say := func(s string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, s+" by "+r.Pattern) })
	}
	h := New([]Route{
		{"GET", "/things", say("list")},
		{"POST", "/things", say("create")},
		{"DELETE", "/things/{id}", say("delete")},
		{"GET", "/{$}", say("home")},
	})
	for _, tt := range []struct {
		method, path string
		status       int
		body, allow  string
	}{
		{"GET", "/things", 200, "list by GET /things", ""},
		{"HEAD", "/things", 200, "list by GET /things", ""},
		{"POST", "/things", 200, "create by POST /things", ""},
		{"DELETE", "/things/7", 200, "delete by DELETE /things/{id}", ""},
		{"GET", "/", 200, "home by GET /{$}", ""},
		{"PUT", "/things", 405, "", "GET, HEAD, POST"},
		{"GET", "/things/7", 405, "", "DELETE"},
		{"POST", "/", 405, "", "GET, HEAD"},
		{"OPTIONS", "*", 400, "", ""},
		{"GET", "//things", 404, "", ""},
		{"GET", "/./things", 404, "", ""},
		{"GET", "/things/../things", 404, "", ""},
		{"GET", "/things/", 404, "", ""},
		{"GET", "/others", 404, "", ""},
		{"GET", "/things/7/parts", 404, "", ""},
	} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, nil))
		if rec.Code != tt.status || rec.Header().Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d, Allow: %q; want %d, %q", tt.method, tt.path, rec.Code, rec.Header().Get("Allow"), tt.status, tt.allow)
		}
		if tt.status == 200 {
			if got := rec.Body.String(); got != tt.body {
				t.Errorf("%s %s: %q, want %q", tt.method, tt.path, got, tt.body)
			}
			continue
		}
		var p struct{ Status int }
		if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil || p.Status != tt.status {
			t.Errorf("%s %s: %s, %v", tt.method, tt.path, rec.Body, err)
		}
	}
}
