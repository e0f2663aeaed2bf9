package process

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

// heldRequest is a POST whose handler waits for the body.
type heldRequest struct {
	conn net.Conn
	in   *bufio.Reader
}

const heldBody = `{"name":"held"}`

// hold starts to create an item. It returns once the server reads the body.
func hold(t *testing.T, p *process) heldRequest {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "POST /api/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"+
		"Content-Length: %d\r\n\r\n", len(heldBody))
	held := heldRequest{conn, bufio.NewReader(conn)}
	if line, err := held.in.ReadString('\n'); err != nil || !strings.Contains(line, " 100 ") {
		t.Fatalf("%q, %v; want the server to ask for the body", line, err)
	}
	if _, err := held.in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return held
}

// finish lets the request end, and checks that the item was made.
func (h heldRequest) finish(t *testing.T) {
	t.Helper()
	if _, err := h.conn.Write([]byte(heldBody)); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(h.in, nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		t.Errorf("the request in flight is answered with %s", response.Status)
	}
}

// awaitRefused waits until no one listens at an address.
func awaitRefused(t *testing.T, address string) {
	t.Helper()
	blackbox.Eventually(t, patience, address+" is closed", func() bool {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return true
		}
		conn.Close()
		return false
	})
}
