package blackbox

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func testRoutes(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	c.create("item 1")

	for _, path := range []string{
		"/nothing", "/api", "/api/items/", "/api/items/1/", "/api/items/1/2",
		"/api/items/2", "/api/items/0", "/api/items/-1", "/api/items/+1", "/api/items/01", "/api/items/1x", "/api/items/x",
		"/api/items/9007199254740993", "/api/items/99999999999999999999",
	} {
		t.Run("GET "+path, func(t *testing.T) {
			c.get(path).wantProblem(t, http.StatusNotFound)
		})
	}

	for _, test := range []struct{ method, path, allow string }{
		{http.MethodPut, "/api/items", "GET, HEAD, POST"},
		{"BREW", "/api/items", "GET, HEAD, POST"},
		{http.MethodPost, "/api/items/1", "DELETE, GET, HEAD, PATCH, PUT"},
		{"BREW", "/api/items/1", "DELETE, GET, HEAD, PATCH, PUT"},
		{http.MethodPost, "/livez", "GET, HEAD"},
		{http.MethodDelete, "/version", "GET, HEAD"},
		{http.MethodPost, "/", "GET, HEAD"},
	} {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			got := c.do(test.method, test.path, "")
			got.wantProblem(t, http.StatusMethodNotAllowed)
			allow := strings.Split(got.header.Get("Allow"), ", ")
			slices.Sort(allow)
			if strings.Join(allow, ", ") != test.allow {
				t.Errorf("Allow: %q, want %q", allow, test.allow)
			}
		})
	}
}
