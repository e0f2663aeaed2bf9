package process

import (
	"crypto/tls"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/server/tlstest"
)

// TestTLS holds that the service encrypts where it has a certificate, says so in
// its log, and that the health check finds it.
func TestTLS(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "tls.crt"), filepath.Join(dir, "tls.key")
	tlstest.WritePair(t, cert, key, "items")
	settings := []string{"ITEMS_TLS_CERT=" + cert, "ITEMS_TLS_KEY=" + key}
	p := start(t, append(environment(dir), settings...))
	url := p.URL()
	if !strings.HasPrefix(url, "https://") {
		t.Errorf("the log says %s", url)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Get(url + "/api/items")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK || response.ProtoMajor != 2 {
		t.Errorf("%s by %s, want 200 by HTTP/2", response.Status, response.Proto)
	}

	address := "ITEMS_ADDR=" + strings.TrimPrefix(url, "https://")
	if status := start(t, append(settings, address), "healthcheck").Wait(); status != 0 {
		t.Errorf("health check with TLS: exit status %d, want 0", status)
	}
	wantFailure(t, start(t, []string{address}, "healthcheck"), "http://", "400", "uses TLS", "-tls-cert", "ITEMS_TLS_KEY")

	plain := "ITEMS_ADDR=" + strings.TrimPrefix(start(t, environment(t.TempDir())).URL(), "http://")
	wantFailure(t, start(t, append(settings, plain), "healthcheck"), "https://", "uses no TLS", "-tls-cert", "ITEMS_TLS_KEY")
}

func TestUselessCertificate(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "tls.crt"), filepath.Join(dir, "tls.key")
	tlstest.WritePair(t, cert, key, "items")
	tlstest.WritePair(t, cert, key+".other", "other")
	settings := []string{"ITEMS_TLS_CERT=" + cert, "ITEMS_TLS_KEY=" + key}
	wantFailure(t, start(t, append(environment(dir), settings...)), cert, key, "-tls-cert", "-tls-key", "does not match")
}
