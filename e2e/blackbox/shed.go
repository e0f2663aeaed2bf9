package blackbox

import (
	"net/http"
	"syscall"
	"testing"
)

// testShed holds that a service with as many requests as it may have turns others
// away at once, but tells that it lives, and takes them again afterwards.
func testShed(t *testing.T, service Service) {
	instance := service.Start(t, "ITEMS_MAX_IN_FLIGHT=1")
	c := newClient(t, instance)
	held := c.hold()
	for _, path := range []string{"/api/items", "/api/items/1", "/"} {
		got := c.get(path)
		got.wantProblem(t, http.StatusServiceUnavailable)
		got.wantHeader(t, "Retry-After", "1")
	}
	for _, path := range []string{"/livez", "/readyz", "/version"} {
		c.get(path).wantStatus(t, http.StatusOK)
	}
	held.answered(t).wantStatus(t, http.StatusCreated)
	c.get("/api/items").wantStatus(t, http.StatusOK)
	stop(t, instance, syscall.SIGTERM)
}
