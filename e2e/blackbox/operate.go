package blackbox

import (
	"net/http"
	"strings"
	"testing"
)

func testHealth(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	for _, path := range []string{"/livez", "/readyz"} {
		got := c.get(path)
		got.wantStatus(t, http.StatusOK)
		if got.body != "ok\n" {
			t.Errorf("%s answers %q", path, got.body)
		}
	}
}

func testVersion(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	got := c.get("/version")
	got.wantStatus(t, http.StatusOK)
	got.wantHeader(t, "Content-Type", "application/json")
	version := decode[map[string]string](t, got)
	if version["version"] == "" || version["revision"] == "" || !strings.HasPrefix(version["go"], "go1.") || len(version) != 3 {
		t.Errorf("version: %s", got.body)
	}
}

func testRequestID(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	c.get("/livez", "X-Request-ID", "abc-123").wantHeader(t, "X-Request-ID", "abc-123")
	c.get("/nothing", "X-Request-ID", "abc-123").wantHeader(t, "X-Request-ID", "abc-123")

	first, second := c.get("/livez").header.Get("X-Request-ID"), c.get("/livez").header.Get("X-Request-ID")
	if first == "" || first == second {
		t.Errorf("made ids %q and %q, want two", first, second)
	}
	// An id that could forge a line of the log, or flood it, is replaced.
	for _, id := range []string{"two words", strings.Repeat("x", 1000)} {
		if got := c.get("/livez", "X-Request-ID", id).header.Get("X-Request-ID"); got == "" || got == id {
			t.Errorf("the id %.20q is answered with %.20q", id, got)
		}
	}
}
