package route

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWrap(t *testing.T) {
	say := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Pattern) })
	bare := []Route{{"GET", "/a", say}, {"POST", "/b", say}}
	wrapped := Wrap(bare, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "wrapped "+r.Pattern+": ")
			next.ServeHTTP(w, r)
		})
	})
	for _, tt := range []struct {
		routes             []Route
		method, path, want string
	}{
		{wrapped, "GET", "/a", "wrapped GET /a: GET /a"},
		{wrapped, "POST", "/b", "wrapped POST /b: POST /b"},
		{bare, "GET", "/a", "GET /a"},
	} {
		rec := httptest.NewRecorder()
		New(tt.routes).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, nil))
		if got := rec.Body.String(); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.method, tt.path, got, tt.want)
		}
	}
}
