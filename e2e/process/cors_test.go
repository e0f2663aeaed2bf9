package process

import (
	"net/http"
	"path/filepath"
	"testing"
)

// TestCORS holds that pages of the origins that are set, and no others, may use
// the API: browsers ask first, without the token that the API wants.
func TestCORS(t *testing.T) {
	dir := t.TempDir()
	tokens := filepath.Join(dir, "tokens")
	writeFile(t, tokens, "a-token-for-writing")
	p := start(t, append(environment(dir), "ITEMS_CORS_ORIGIN=https://app.example", "ITEMS_WRITE_TOKEN_FILE="+tokens))
	for origin, want := range map[string]string{"https://app.example": "https://app.example", "https://other.example": ""} {
		for _, method := range []string{http.MethodOptions, http.MethodPost} { // the latter is refused, legibly
			request, err := http.NewRequestWithContext(t.Context(), method, p.URL()+"/api/items", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Origin", origin)
			if method == http.MethodOptions {
				request.Header.Set("Access-Control-Request-Method", http.MethodPost)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if got := response.Header.Get("Access-Control-Allow-Origin"); got != want {
				t.Errorf("%s from %s: %s, allowed %q, want %q", method, origin, response.Status, got, want)
			}
		}
	}
}
