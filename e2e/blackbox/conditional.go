package blackbox

import (
	"net/http"
	"testing"
)

func testConditional(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	c.create("x")
	for match, status := range map[string]int{
		`"1"`:      http.StatusNotModified,
		`W/"1"`:    http.StatusNotModified,
		`"7", "1"`: http.StatusNotModified,
		`*`:        http.StatusNotModified,
		`"2"`:      http.StatusOK,
		`1`:        http.StatusOK,
		`"1`:       http.StatusOK,
	} {
		t.Run(match, func(t *testing.T) {
			got := c.get("/api/items/1", "If-None-Match", match)
			got.wantStatus(t, status)
			got.wantHeader(t, "ETag", `"1"`)
			if (got.body == "") != (status == http.StatusNotModified) {
				t.Errorf("status %d has the body %q", status, got.body)
			}
		})
	}
}

func testIfMatch(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	c.create("x")
	for match, status := range map[string]int{
		`"1"`:      http.StatusOK,
		`"7", "1"`: http.StatusOK,
		`*`:        http.StatusOK,
		`"2"`:      http.StatusPreconditionFailed,
		`W/"1"`:    http.StatusPreconditionFailed,
		`1`:        http.StatusBadRequest,
	} {
		t.Run(match, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				c.do(method, "/api/items/1", "", "If-Match", match).wantStatus(t, status)
			}
		})
	}
}

func testHead(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	c.create("x")
	c.create("y")
	for _, path := range []string{"/", "/api/items/1", "/api/items?limit=1", "/livez", "/readyz", "/version"} {
		t.Run(path, func(t *testing.T) {
			get, head := c.get(path), c.do(http.MethodHead, path, "")
			head.wantStatus(t, http.StatusOK)
			for _, name := range []string{"Content-Type", "ETag", "Link", "Content-Security-Policy"} {
				head.wantHeader(t, name, get.header.Get(name))
			}
			if head.body != "" {
				t.Errorf("body %q", head.body)
			}
		})
	}
	c.do(http.MethodHead, "/api/items/2000", "").wantStatus(t, http.StatusNotFound)
}
