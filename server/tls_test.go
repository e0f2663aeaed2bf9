package main

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/multistage/server/tlstest"
)

// clock is a time that moves when the test says so.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

// pairIn returns a configuration with a certificate in a new directory.
func pairIn(t *testing.T) config {
	dir := t.TempDir()
	c := config{tlsCert: filepath.Join(dir, "tls.crt"), tlsKey: filepath.Join(dir, "tls.key")}
	tlstest.WritePair(t, c.tlsCert, c.tlsKey, "first")
	return c
}

// serveTLS serves as c says, and returns the address.
func serveTLS(t *testing.T, c config, now func() time.Time) string {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	protocol := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Protocol", r.Proto) })
	encrypt, err := newTLSConfig(t.Context(), c, log, now)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	e := &endpoints{public: ln, ended: make(chan error, 1)}
	e.start(newPublicServer(c, protocol, newConns(), encrypt, log), e.public)
	t.Cleanup(e.close)
	return ln.Addr().String()
}

// served returns the name in the certificate that a new connection gets.
func served(t *testing.T, addr string) string {
	t.Helper()
	conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].Subject.CommonName
}

func TestTLSVersions(t *testing.T) {
	addr := serveTLS(t, pairIn(t), time.Now)
	for version, want := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: version})
		if (err == nil) != want {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			conn.Close()
		}
	}
}

// TestCertificateRotates checks that new connections get a new certificate, and
// that a broken one, or one whose key is another's, leaves the old one in force.
func TestCertificateRotates(t *testing.T) {
	c := pairIn(t)
	now := &clock{time.Now()}
	addr := serveTLS(t, c, now.now)
	for _, step := range []struct {
		what, want string
		change     func()
	}{
		{"at first", "first", func() {}},
		{"a new one", "second", func() { tlstest.WritePair(t, c.tlsCert, c.tlsKey, "second") }},
		{"a broken one", "second", func() { tlstest.WritePEM(t, c.tlsCert, "CERTIFICATE", []byte("x")) }},
		{"none", "second", func() { os.Remove(c.tlsCert) }},
		{"a key of another", "second", func() { tlstest.WritePair(t, c.tlsCert, c.tlsKey+".other", "other") }},
		{"a whole one again", "third", func() { tlstest.WritePair(t, c.tlsCert, c.tlsKey, "third") }},
	} {
		step.change()
		now.Time = now.Add(2 * time.Second)
		if got := served(t, addr); got != step.want {
			t.Errorf("%s: %s, want %s", step.what, got, step.want)
		}
	}
}

func TestUselessCertificate(t *testing.T) {
	for name, spoil := range map[string]func(c config){
		"there is no file": func(c config) { os.Remove(c.tlsKey) },
		"find any PEM":     func(c config) { os.WriteFile(c.tlsCert, []byte("text"), 0o600) },
		"does not match":   func(c config) { tlstest.WritePair(t, c.tlsCert, c.tlsKey+".other", "other") },
		"private key":      func(c config) { tlstest.WritePEM(t, c.tlsKey, "PRIVATE KEY", []byte("secret")) },
	} {
		c := pairIn(t)
		spoil(c)
		_, err := newTLSConfig(t.Context(), c, slog.New(slog.DiscardHandler), time.Now)
		if err == nil {
			t.Errorf("%s: taken", name)
			continue
		}
		for _, want := range []string{"-tls-cert", "-tls-key", filepath.Dir(c.tlsCert), name} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
}

// TestProtocols checks which version of HTTP clients get that take HTTP/1.1 and
// HTTP/2, or HTTP/2 alone.
func TestProtocols(t *testing.T) {
	encrypted := pairIn(t)
	for _, tt := range []struct {
		name   string
		server config
		client func(*http.Protocols)
		want   string // empty: none
	}{
		{"TLS", encrypted, func(p *http.Protocols) { p.SetHTTP1(true); p.SetHTTP2(true) }, "HTTP/2.0"},
		{"TLS, old client", encrypted, func(p *http.Protocols) { p.SetHTTP1(true) }, "HTTP/1.1"},
		{"plain", config{}, func(p *http.Protocols) { p.SetHTTP1(true); p.SetHTTP2(true) }, "HTTP/1.1"},
		{"plain, HTTP/2", config{}, func(p *http.Protocols) { p.SetUnencryptedHTTP2(true) }, ""},
		{"h2c", config{h2c: true}, func(p *http.Protocols) { p.SetUnencryptedHTTP2(true) }, "HTTP/2.0"},
		{"h2c, old client", config{h2c: true}, func(p *http.Protocols) { p.SetHTTP1(true) }, "HTTP/1.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			addr := serveTLS(t, tt.server, time.Now)
			protocols := new(http.Protocols)
			tt.client(protocols)
			transport := &http.Transport{Protocols: protocols, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
			defer transport.CloseIdleConnections()
			resp, err := (&http.Client{Transport: transport}).Get(scheme(tt.server.tls()) + "://" + addr + "/")
			if tt.want == "" {
				if err == nil {
					t.Errorf("answered by %s", resp.Proto)
					resp.Body.Close()
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.Proto != tt.want || resp.Header.Get("Protocol") != tt.want {
				t.Errorf("%s, want %s", resp.Proto, tt.want)
			}
		})
	}
}
