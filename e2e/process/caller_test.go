package process

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// caller sends one request again and again over one connection. It reads no more
// of an answer than it must, since it shares the machine with the server.
type caller struct {
	conn    net.Conn
	in      *bufio.Reader
	request []byte
	want    int // the status of a request that is not shed
}

// dial connects a caller, which gives up after patience.
func dial(b testing.TB, p *process, request string, want int) *caller {
	b.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL(), "http://"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return &caller{conn, bufio.NewReader(conn), []byte(request), want}
}

// ask sends the request once. It returns for how long the server wants to be left
// alone, 0 where it has served the request. Every other answer is an error.
func (c *caller) ask() (retryAfter time.Duration, err error) {
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	if _, err := c.conn.Write(c.request); err != nil {
		return 0, err
	}
	status, retryAfter, err := c.answer()
	switch {
	case err != nil:
		return 0, err
	case status == c.want:
		return 0, nil
	case status == http.StatusServiceUnavailable && retryAfter > 0:
		return retryAfter, nil
	}
	return 0, fmt.Errorf("status %d, Retry-After %v; want %d, or 503 with a time", status, retryAfter, c.want)
}

// answer reads an answer to its end.
func (c *caller) answer() (status int, retryAfter time.Duration, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if status, err = number(bytes.Fields(line)[1]); err != nil {
		return 0, 0, err
	}
	length := -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		name, value, more := bytes.Cut(bytes.TrimSpace(line), []byte(": "))
		if !more {
			break
		}
		switch string(name) {
		case "Content-Length":
			length, err = number(value)
		case "Retry-After":
			var seconds int
			seconds, err = number(value)
			retryAfter = time.Duration(seconds) * time.Second
		}
		if err != nil {
			return 0, 0, err
		}
	}
	if length < 0 {
		return 0, 0, fmt.Errorf("an answer with status %d without a length", status)
	}
	_, err = c.in.Discard(length)
	return status, retryAfter, err
}

func number(text []byte) (int, error) {
	return strconv.Atoi(string(text))
}
