package peer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"testing"
)

// client sends raw requests on one connection.
type client struct {
	t    *testing.T
	conn net.Conn
	r    *bufio.Reader

	fields http.Header // of the last answer
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return &client{t: t, conn: conn, r: bufio.NewReader(conn)}
}

// do sends a request and returns the body of its answer, which must be a success.
func (c *client) do(request []byte) []byte {
	c.t.Helper()
	if _, err := c.conn.Write(request); err != nil {
		c.t.Fatal(err)
	}
	response, err := http.ReadResponse(c.r, nil)
	if err != nil {
		c.t.Fatalf("%s: %v", request, err)
	}
	defer response.Body.Close()
	c.fields = response.Header
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.StatusCode/100 != 2 || response.Close {
		c.t.Fatalf("%s: %s, closed: %v: %s", request, response.Status, response.Close, body)
	}
	return body
}

// content is what an answer has of an item.
type content struct{ Name, Description string }

func (c *client) one(request []byte) (one content) {
	c.t.Helper()
	c.decode(c.do(request), &one)
	return one
}

// page returns the items of an array, or of one in an object as PocketBase's.
func (c *client) page(request []byte) (page []content) {
	c.t.Helper()
	body := c.do(request)
	if bytes.HasPrefix(body, []byte("{")) {
		var wrapped struct{ Items json.RawMessage }
		c.decode(body, &wrapped)
		body = wrapped.Items
	}
	c.decode(body, &page)
	return page
}

func (c *client) decode(body []byte, v any) {
	c.t.Helper()
	if err := json.Unmarshal(body, v); err != nil {
		c.t.Fatalf("%v in %s", err, body)
	}
}
