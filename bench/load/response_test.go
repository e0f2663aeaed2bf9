package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestResponse(t *testing.T) {
	const rest = "HTTP/1.1 "
	for _, tt := range []struct {
		name, text string
		status     int
		last       bool
	}{
		{"length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, false},
		{"length, other case", "HTTP/1.1 200 OK\r\ncontent-LENGTH:5 \r\n\r\nhello", 200, false},
		{"length twice", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 200, false},
		{"nothing", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", 503, false},
		{"no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, false},
		{"no content", "HTTP/1.1 204 No Content\r\nETag: \"1\"\r\n\r\n", 204, false},
		{"not modified, with the length of what it would be", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, false},
		{"early hints", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", 200, false},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", 200, false},
		{"chunked, trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n0\r\nA: b\r\n\r\n", 200, false},
		{"close", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 1\r\n\r\na", 400, true},
		{"HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", 200, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for size := 1; size <= len(tt.text); size++ {
				var r response
				n, err := pieces(&r, []byte(tt.text+rest), size)
				if err != nil || r.state != complete || n != len(tt.text) {
					t.Fatalf("pieces of %d: took %d bytes of %d, complete %v, %v", size, n, len(tt.text), r.state == complete, err)
				}
				if r.status != tt.status || r.last != tt.last {
					t.Fatalf("pieces of %d: status %d, last %v", size, r.status, r.last)
				}
			}
		})
	}
}

func TestResponseToTheEndOfTheConnection(t *testing.T) {
	var r response
	if _, err := r.read([]byte("HTTP/1.1 200 OK\r\n\r\nhello")); err != nil || r.state == complete {
		t.Fatalf("complete %v, %v", r.state == complete, err)
	}
	if !r.end() || !r.last || r.status != 200 {
		t.Errorf("%+v", r)
	}
}

func TestResponseCutOff(t *testing.T) {
	for _, text := range []string{"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"} {
		var r response
		if _, err := r.read([]byte(text)); err != nil || r.end() {
			t.Errorf("%q: %+v, %v", text, r, err)
		}
	}
}

func TestResponseRefused(t *testing.T) {
	for text, want := range map[string]error{
		"HTTP/2 200 OK\r\n":                                                         errStatusLine,
		"HTTP/1.1 20 OK\r\n":                                                        errStatusLine,
		"HTTP/1.1 2000 OK\r\n":                                                      errStatusLine,
		"HTTP/1.1 099 OK\r\n":                                                       errStatusLine,
		"HTTP/1.1 200 OK\r\nno header\r\n":                                          errHeader,
		"HTTP/1.1 200 OK\r\n: value\r\n":                                            errHeader,
		"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n":                                 errLength,
		"HTTP/1.1 200 OK\r\nContent-Length: +1\r\n":                                 errLength,
		"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n":               errLength,
		"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 1\r\n":             errLength,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n":                            errCoding,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n":                 errChunk,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n":               errChunk,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n":          errChunk,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n":                errChunk,
		"HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", maxLine) + "\r\n":            errLine,
		"HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", maxLine) + "without an end ": errLine,
	} {
		var r response
		if _, err := r.read([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.60q: %v, want %v", text, err, want)
		}
	}
}

// FuzzResponse holds that it makes no difference how the bytes are cut, and that the
// reader understands what net/http writes.
func FuzzResponse(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), uint8(3), uint16(200), true)
	f.Add([]byte("HTTP/1.1 103 A\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"), uint8(1), uint16(404), false)
	f.Fuzz(func(t *testing.T, text []byte, size uint8, status uint16, chunked bool) {
		same(t, text, int(size))
		written := write(t, text, 200+int(status)%400, chunked)
		var r response
		n, err := pieces(&r, append(written, "HTTP/1.1"...), int(size)+1)
		if err != nil || n != len(written) || r.state != complete || r.status != 200+int(status)%400 {
			t.Fatalf("%q: took %d of %d bytes, %+v, %v", written, n, len(written), r, err)
		}
	})
}

// same reads a text whole and in pieces.
func same(t *testing.T, text []byte, size int) {
	t.Helper()
	var whole, cut response
	n, err := whole.read(text)
	m, cutErr := pieces(&cut, text, size+1)
	if !errors.Is(cutErr, err) || err == nil && (n != m || whole.status != cut.status || whole.last != cut.last || whole.state != cut.state) {
		t.Fatalf("%q: whole %d, %v, %+v; in pieces of %d: %d, %v, %+v", text, n, err, whole, size+1, m, cutErr, cut)
	}
}

// write returns a response with a body as net/http writes it.
func write(t *testing.T, body []byte, status int, chunked bool) []byte {
	t.Helper()
	r := &http.Response{StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Body: io.NopCloser(bytes.NewReader(body))}
	if r.ContentLength = int64(len(body)); chunked {
		r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
	}
	if status == 204 || status == 304 {
		r.Body, r.ContentLength, r.TransferEncoding = nil, 0, nil
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pieces reads in pieces of a size until the response is complete.
func pieces(r *response, p []byte, size int) (taken int, err error) {
	for taken < len(p) && r.state != complete && err == nil {
		var n int
		n, err = r.read(p[taken:min(taken+size, len(p))])
		taken += n
	}
	return taken, err
}

func BenchmarkResponse(b *testing.B) {
	for _, body := range []int{200, 16 << 10} {
		b.Run(fmt.Sprint(body), func(b *testing.B) {
			text := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nETag: \"1\"\r\nX-Request-Id: 0123456789\r\n"+
				"Date: Tue, 24 Nov 2026 19:23:05 GMT\r\nContent-Length: %d\r\n\r\n%s", body, strings.Repeat("a", body))
			var r response
			b.ReportAllocs()
			for b.Loop() {
				r.reset()
				if _, err := r.read(text); err != nil || r.state != complete {
					b.Fatal(err)
				}
			}
		})
	}
}
