package process

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/server/tlstest"
)

// ask returns the status of a request with a bearer token, unless that is empty.
func ask(t *testing.T, method, url, token string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(`{"name":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// TestTokens holds which requests need a token, that a changed file of tokens is
// taken up by a running server, and that no token is told to anyone.
func TestTokens(t *testing.T) {
	const first, second, reader = "first-writing-token", "second-writing-token", "only-reading-token"
	dir := t.TempDir()
	writers, readers := filepath.Join(dir, "writers"), filepath.Join(dir, "readers")
	writeFile(t, writers, first)
	writeFile(t, readers, reader)
	p := start(t, append(environment(dir), adminSetting, "ITEMS_LOG_LEVEL=debug",
		"ITEMS_WRITE_TOKEN_FILE="+writers, "ITEMS_READ_TOKEN_FILE="+readers))
	for _, test := range []struct {
		method, path, token string
		want                int
	}{
		{"POST", "/api/items", "", 401},
		{"POST", "/api/items", "no-token-of-the-file", 401},
		{"POST", "/api/items", reader, 403},
		{"POST", "/api/items", first, 201},
		{"GET", "/api/items/1", "", 401},
		{"GET", "/api/items/1", reader, 200},
		{"GET", "/api/items/1", first, 200},
		{"DELETE", "/api/items/1", "", 401},
		{"GET", "/", "", 200},
		{"GET", "/livez", "", 200},
		{"GET", "/readyz", "", 200},
		{"GET", "/version", "", 200},
		{"GET", "/openapi.yaml", "", 200},
	} {
		if got := ask(t, test.method, p.URL()+test.path, test.token); got != test.want {
			t.Errorf("%s %s with %q: %d, want %d", test.method, test.path, test.token, got, test.want)
		}
	}

	writeFile(t, writers, second)
	blackbox.Eventually(t, patience, "the new token may write", func() bool { return ask(t, "POST", p.URL()+"/api/items", second) == 201 })
	if got := ask(t, "POST", p.URL()+"/api/items", first); got != 401 {
		t.Errorf("the token that is gone: %d, want 401", got)
	}

	_, vars := get(t, p.admin()+"/debug/vars")
	_, metrics := get(t, p.admin()+"/metrics")
	if !strings.Contains(metrics, `status="401"`) {
		t.Error("what was refused is not counted")
	}
	for _, token := range []string{first, second, reader} {
		if strings.Contains(vars+metrics+p.stderr.String(), token) {
			t.Errorf("%q is told", token)
		}
	}
}

func writeFile(t *testing.T, path, line string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBadFilesAreTold holds that a running server logs a bad file of tokens and a bad
// certificate though no request comes. It takes ten seconds.
func TestBadFilesAreTold(t *testing.T) {
	dir := t.TempDir()
	cert, key, writers := filepath.Join(dir, "tls.crt"), filepath.Join(dir, "tls.key"), filepath.Join(dir, "writers")
	tlstest.WritePair(t, cert, key, "items")
	writeFile(t, writers, "first-writing-token")
	p := start(t, append(environment(dir), "ITEMS_TLS_CERT="+cert, "ITEMS_TLS_KEY="+key, "ITEMS_WRITE_TOKEN_FILE="+writers))
	p.URL()
	writeFile(t, writers, "bad")
	writeFile(t, cert, "bad")
	for _, path := range []string{writers, cert} {
		p.await("(level=ERROR msg=.a changed file is of no use.*" + path + ")")
	}
}

func TestMissingTokenFile(t *testing.T) {
	dir := t.TempDir()
	wantFailure(t, start(t, append(environment(dir), "ITEMS_WRITE_TOKEN_FILE="+filepath.Join(dir, "none"))), filepath.Join(dir, "none"))
	wantFiles(t, dir)
}
