package wrap

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	friend   = "https://friend.example"
	stranger = "https://stranger.example"
)

// cross sends a request with the given headers, each "Name: value", through CORS
// to a handler that answers 401.
func cross(t *testing.T, origins []string, method string, headers ...string) *http.Response {
	t.Helper()
	h := Handler(answer(http.StatusUnauthorized, "no"), SecurityHeaders, CORS(origins))
	return serveMethod(t, h, method, headers...)
}

// TestCORSShares checks whose pages may read an answer, errors too.
func TestCORSShares(t *testing.T) {
	for _, tt := range []struct {
		origins []string
		origin  string
		allow   string
		vary    string
	}{
		{nil, friend, "", ""},
		{[]string{friend}, friend, friend, "Origin"},
		{[]string{"http://other.example", friend}, friend, friend, "Origin"},
		{[]string{friend}, stranger, "", "Origin"},
		{[]string{friend}, friend + ".evil.example", "", "Origin"},
		{[]string{friend}, "http://friend.example", "", "Origin"},
		{[]string{friend}, friend + ":8443", "", "Origin"},
		{[]string{friend}, "null", "", "Origin"},
		{[]string{friend}, "", "", "Origin"},
		{[]string{"*"}, stranger, "*", "Origin"},
		{[]string{"*"}, "", "", "Origin"},
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
			resp := cross(t, tt.origins, method, "Origin: "+tt.origin)
			h := resp.Header
			if h.Get("Access-Control-Allow-Origin") != tt.allow || h.Get("Vary") != tt.vary || resp.StatusCode != 401 {
				t.Errorf("%s of %q, allowed %q: %s, %v", method, tt.origin, tt.origins, resp.Status, h)
			}
			if h.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("credentials are allowed: %v", h)
			}
			exposed := strings.Split(strings.ToLower(h.Get("Access-Control-Expose-Headers")), ", ")
			for _, name := range []string{
				"etag", "link", "location", "idempotency-replayed", "retry-after", "x-request-id", "allow", "accept-patch", "www-authenticate",
			} {
				if slices.Contains(exposed, name) != (tt.allow != "") {
					t.Errorf("%s of %q, allowed %q: exposed %q", method, tt.origin, tt.origins, exposed)
				}
			}
		}
	}
}

// TestCORSPreflight asks what a browser asks before a request.
func TestCORSPreflight(t *testing.T) {
	const all = "authorization,content-type,idempotency-key,if-match,if-none-match,traceparent,x-request-id"
	for _, tt := range []struct {
		origins                 []string
		origin, method, headers string
		want                    bool
	}{
		{[]string{friend}, friend, "GET", all, true},
		{[]string{friend}, friend, "HEAD", "", true},
		{[]string{friend}, friend, "POST", "content-type", true},
		{[]string{friend}, friend, "PUT", "content-type,if-match", true},
		{[]string{friend}, friend, "PATCH", "authorization", true},
		{[]string{"*"}, stranger, "DELETE", all, true},
		{[]string{friend}, stranger, "GET", "", false},
		{[]string{friend}, friend, "TRACE", "", false},
		{[]string{friend}, friend, "POST", "x-other", false},
	} {
		headers := []string{"Origin: " + tt.origin, "Access-Control-Request-Method: " + tt.method}
		if tt.headers != "" {
			headers = append(headers, "Access-Control-Request-Headers: "+tt.headers)
		}
		resp := cross(t, tt.origins, "OPTIONS", headers...)
		h := resp.Header
		got := h.Get("Access-Control-Allow-Origin") != "" && h.Get("Access-Control-Allow-Methods") == tt.method &&
			h.Get("Access-Control-Allow-Headers") == tt.headers && h.Get("Access-Control-Max-Age") == "7200"
		if got != tt.want || resp.StatusCode != http.StatusNoContent || !strings.Contains(h.Get("Vary"), "Origin") {
			t.Errorf("%+v: %s, %v", tt, resp.Status, h)
		}
	}
}

// TestCORSPassesOtherOptions sends what is no preflight to the routes.
func TestCORSPassesOtherOptions(t *testing.T) {
	for _, tt := range []struct {
		origins []string
		headers []string
	}{
		{nil, []string{"Origin: " + friend, "Access-Control-Request-Method: GET"}},
		{[]string{friend}, []string{"Origin: " + friend}},
		{[]string{friend}, []string{"Access-Control-Request-Method: GET"}},
		{[]string{friend}, nil},
	} {
		if resp := cross(t, tt.origins, "OPTIONS", tt.headers...); resp.StatusCode != 401 {
			t.Errorf("%+v: %s, want the handler's 401", tt, resp.Status)
		}
	}
}
