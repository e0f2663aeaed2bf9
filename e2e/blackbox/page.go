package blackbox

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func testPage(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	page := c.get("/")
	page.wantStatus(t, http.StatusOK)
	page.wantHeader(t, "Content-Type", "text/html; charset=utf-8")

	assets := regexp.MustCompile(`<(?:script|link|img)\b[^>]*\b(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page.body, -1)
	if len(assets) == 0 {
		t.Fatalf("the page has neither style nor script: %s", page.body)
	}
	for _, asset := range assets {
		path := asset[1]
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
			t.Errorf("%s is not served by this service", path)
			continue
		}
		c.get(path).wantStatus(t, http.StatusOK)
	}
}

// testSecurityHeaders holds that browsers run nothing inline and nothing of
// another origin, whatever they are made to open as a page.
func testSecurityHeaders(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	for _, path := range []string{"/", "/api/items", "/livez", "/version", "/nothing"} {
		t.Run(path, func(t *testing.T) {
			got := c.get(path)
			got.wantHeader(t, "X-Content-Type-Options", "nosniff")
			policy := got.header.Get("Content-Security-Policy")
			for _, strict := range []string{"default-src 'none'", "frame-ancestors 'none'"} {
				if !strings.Contains(policy, strict) {
					t.Errorf("the policy %q lacks %s", policy, strict)
				}
			}
			for _, loose := range []string{"unsafe-", "*", "http:", "https:", "data:"} {
				if strings.Contains(policy, loose) {
					t.Errorf("the policy %q allows %s", policy, loose)
				}
			}
		})
	}
}
