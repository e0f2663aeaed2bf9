package main

import (
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestEveryPhaseOfAConnectionHasALimit(t *testing.T) {
	s := newServer(http.NotFoundHandler(), newConns(), slog.New(slog.DiscardHandler))
	for name, limit := range map[string]time.Duration{
		"header": s.ReadHeaderTimeout, "request": s.ReadTimeout, "idle": s.IdleTimeout,
		"response, beyond the request's": s.WriteTimeout - s.ReadTimeout,
	} {
		if limit <= 0 {
			t.Errorf("%s: %v", name, limit)
		}
	}
	if s.MaxHeaderBytes <= 0 {
		t.Errorf("header: %d bytes", s.MaxHeaderBytes)
	}
}

// TestListenErrors checks that what keeps the service from listening names both ways
// to choose another address.
func TestListenErrors(t *testing.T) {
	for _, cause := range []error{syscall.EADDRINUSE, syscall.EACCES, syscall.EADDRNOTAVAIL} {
		err := explainListen("admin-addr", "127.0.0.1:80", cause)
		for _, want := range []string{"choose", "-admin-addr", "ITEMS_ADMIN_ADDR"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
}

func TestPageURL(t *testing.T) {
	for addr, want := range map[string]string{
		"[::]:8080": "http://localhost:8080/", "0.0.0.0:1": "http://localhost:1/", "127.0.0.1:1": "http://127.0.0.1:1/",
	} {
		tcp, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		if got := pageURL(tcp, false); got != want {
			t.Errorf("pageURL(%s) = %s, want %s", addr, got, want)
		}
		if got := pageURL(tcp, true); got != strings.Replace(want, "http:", "https:", 1) {
			t.Errorf("pageURL(%s) with TLS = %s", addr, got)
		}
	}
}
