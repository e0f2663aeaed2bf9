package problem

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestUnread checks that who is refused hears of it though the body has not come
// yet, and keeps a connection on which it has.
func TestUnread(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Unread(w, r)
		Write(w, Problem{Status: http.StatusForbidden, Detail: "No."})
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second)) // ends a test that fails
	answers := bufio.NewReader(conn)
	for _, tt := range []struct {
		about, body string
		close       bool
	}{{"a whole body", "{}", false}, {"half a body", "{", true}} {
		if _, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"+tt.body); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatalf("%s: %v", tt.about, err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatalf("%s: %v", tt.about, err)
		}
		if resp.StatusCode != http.StatusForbidden || resp.Close != tt.close {
			t.Errorf("%s: %s, close: %t", tt.about, resp.Status, resp.Close)
		}
	}
}
