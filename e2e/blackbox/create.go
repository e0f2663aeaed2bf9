package blackbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func testCreate(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	before := time.Now().Add(-time.Minute)

	got := c.post(`{"name":"Grüße 🎉","description":"<b>&amp;\n\tplain text"}`)

	got.wantStatus(t, http.StatusCreated)
	got.wantHeader(t, "Content-Type", "application/json")
	got.wantHeader(t, "Location", "/api/items/1")
	got.wantHeader(t, "ETag", `"1"`)
	made := decode[item](t, got)
	want := item{1, "Grüße 🎉", "<b>&amp;\n\tplain text", made.CreatedAt, made.CreatedAt, 1}
	if made != want {
		t.Errorf("%+v, want %+v", made, want)
	}
	if made.CreatedAt.Before(before) || made.CreatedAt.After(before.Add(2*time.Minute)) {
		t.Errorf("created_at %v is not now", made.CreatedAt)
	}
	if made.CreatedAt.Location() != time.UTC {
		t.Errorf("created_at %v is not in UTC", made.CreatedAt)
	}

	read := c.get("/api/items/1")
	read.wantStatus(t, http.StatusOK)
	read.wantHeader(t, "Content-Type", "application/json")
	read.wantHeader(t, "ETag", `"1"`)
	if read.body != got.body {
		t.Errorf("read back %s, want %s", read.body, got.body)
	}
}

func testLimits(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	longest := fmt.Sprintf(`{"name":%q,"description":%q}`, strings.Repeat("語", 200), strings.Repeat("é", 4000))
	for name, body := range map[string]string{
		"longest name and description": longest,
		"shortest name":                `{"name":"x"}`,
		"largest body":                 `{"name":"x"` + strings.Repeat(" ", 64<<10-len(`{"name":"x"}`)) + `}`,
		"escapes":                      `{"name":"\u00e9\ud83c\udf89","description":"a\tb\nc"}`,
	} {
		t.Run(name, func(t *testing.T) {
			c.post(body).wantStatus(t, http.StatusCreated)
		})
	}
	got := c.do(http.MethodPost, "/api/items", `{"name":"x"}`, "Content-Type", "Application/JSON; charset=utf-8")
	got.wantStatus(t, http.StatusCreated)
}
