package wrap

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// TestCloseConns counts the connections of a client that keeps them, over both versions
// of HTTP.
func TestCloseConns(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		var draining atomic.Bool
		var conns atomic.Int64
		server := httptest.NewUnstartedServer(CloseConns(draining.Load)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
		server.EnableHTTP2 = http2
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				conns.Add(1)
			}
		}
		server.StartTLS()
		t.Cleanup(server.Close)
		get := func() {
			t.Helper()
			resp, err := server.Client().Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		}
		get()
		get()
		if got := conns.Load(); got != 1 {
			t.Errorf("HTTP/2 %t: %d connections for two requests, want 1", http2, got)
		}
		draining.Store(true)
		get()
		get()
		if got := conns.Load(); got != 2 {
			t.Errorf("HTTP/2 %t: %d connections after two requests while it drains, want 2", http2, got)
		}
	}
}
