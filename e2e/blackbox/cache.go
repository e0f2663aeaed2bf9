package blackbox

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// testCacheControl holds that every response says whether it may be kept.
func testCacheControl(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	for _, test := range []struct {
		got  answer
		want string
	}{
		{c.post(`{"name":"x"}`), "no-store"},
		{c.post(`{}`), "no-store"},
		{c.get("/api/items/1"), "no-cache"},
		{c.get("/api/items/1", "If-None-Match", `"1"`), "no-cache"},
		{c.get("/api/items"), "no-cache"},
		{c.get("/api/items", "Accept", ndjson), "no-store"},
		{c.put("/api/items/1", `{"name":"y"}`), "no-store"},
		{c.patch("/api/items/1", `{"name":"z"}`), "no-store"},
		{c.delete("/api/items/1", "If-Match", `"1"`), "no-store"},
		{c.delete("/api/items/1"), "no-store"},
		{c.get("/api/items/1"), "no-store"},
		{c.do("BREW", "/api/items", ""), "no-store"},
		{c.do(http.MethodPost, "/api/items", "", "Content-Type", ndjson), "no-store"},
		{c.get("/"), "no-cache"},
		{c.get("/nothing"), "no-store"},
		{c.get("/livez"), "no-store"},
		{c.get("/readyz"), "no-store"},
		{c.get("/version"), "no-cache"},
		{c.get("/openapi.yaml"), "no-cache"},
	} {
		if got := test.got.header.Values("Cache-Control"); len(got) != 1 || got[0] != test.want {
			t.Errorf("status %d, %.60s: Cache-Control: %q, want %s", test.got.status, test.got.body, got, test.want)
		}
	}
}

// testCodings holds that the tag of a coded item is good for conditions, and that no
// other tag says what a client holds.
func testCodings(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	c.post(fmt.Sprintf(`{"name":"large","description":%q}`, strings.Repeat("x", 4000))).wantStatus(t, http.StatusCreated)
	plain := c.get("/api/items/1")
	plain.wantHeader(t, "ETag", `"1"`)
	plain.wantHeader(t, "Vary", "Accept-Encoding")
	const coding = "gzip"
	for i := range 2 {
		coded := c.get("/api/items/1", "Accept-Encoding", coding)
		coded.wantStatus(t, http.StatusOK)
		coded.wantHeader(t, "Content-Encoding", coding)
		coded.wantHeader(t, "Vary", "Accept-Encoding")
		tag := coded.header.Get("ETag")
		if want := fmt.Sprintf(`"%d-%s"`, i+1, coding); tag != want {
			t.Errorf("ETag: %s, want %s", tag, want)
		}
		if len(coded.body) > 500 {
			t.Errorf("%s of %d bytes has %d", coding, len(plain.body), len(coded.body))
		}
		c.get("/api/items/1", "If-None-Match", tag, "Accept-Encoding", coding).wantStatus(t, http.StatusNotModified)
		c.patch("/api/items/1", `{"name":"x"}`, "If-Match", `"9-`+coding+`"`).wantProblem(t, http.StatusPreconditionFailed)
		c.patch("/api/items/1", fmt.Sprintf(`{"name":"%d"}`, i), "If-Match", tag).wantStatus(t, http.StatusOK)
		c.get("/api/items/1", "If-None-Match", tag, "Accept-Encoding", coding).wantStatus(t, http.StatusOK)
	}
	gzipped := c.get("/api/items/1", "Accept-Encoding", "gzip")
	r, err := gzip.NewReader(strings.NewReader(gzipped.body))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != c.get("/api/items/1").body {
		t.Errorf("gzip holds %.60s, %v", got, err)
	}
}
