package wrap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/multistage/server/etag"
)

// long is a body that is worth coding.
var long = strings.Repeat("the same words again and again\n", 200)

// exchange sends a request with the given headers, each "Name: value", to a real
// server of h, and returns the response with its body as it was sent.
func exchange(t *testing.T, h http.Handler, method string, headers ...string) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	resp := send(t, server, method, nil, headers...)
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// send is exchange for those that read the body themselves.
func send(t *testing.T, server *httptest.Server, method string, body io.Reader, headers ...string) *http.Response {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // so that a body that does not come fails the test
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, method, server.URL, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		req.Header.Add(name, value)
	}
	client := server.Client()
	client.Transport.(*http.Transport).DisableCompression = true // else it would ask for gzip on its own
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// decoder reads a body in a content coding.
func decoder(t *testing.T, coding string, body io.Reader) io.Reader {
	t.Helper()
	var (
		plain = body
		err   error
	)
	switch coding {
	case gzipCoding:
		plain, err = gzip.NewReader(body)
	}
	if err != nil {
		t.Fatalf("%s: %v", coding, err)
	}
	return plain
}

func decodeBody(t *testing.T, coding, body string) string {
	t.Helper()
	plain, err := io.ReadAll(decoder(t, coding, strings.NewReader(body)))
	if err != nil {
		t.Fatalf("%s: %v", coding, err)
	}
	return string(plain)
}

// text is a handler of a body of a type, in one write, with its length where
// withLength is set.
func text(status int, contentType, body string, withLength bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("ETag", `"3"`)
		if withLength {
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	})
}

func TestCompress(t *testing.T) {
	const coding = gzipCoding
	for _, withLength := range []bool{false, true} {
		for _, status := range []int{200, 201, 404} {
			h := Compress(text(status, "application/json", long, withLength))
			about := fmt.Sprintf("%s, length %t, status %d", coding, withLength, status)
			get, body := exchange(t, h, "GET", "Accept-Encoding: "+coding)
			if got := decodeBody(t, coding, body); got != long || len(body) > len(long)/10 || get.StatusCode != status {
				t.Errorf("%s: %s, %d bytes became %d and %d", about, get.Status, len(long), len(body), len(got))
			}
			head, body := exchange(t, h, "HEAD", "Accept-Encoding: "+coding)
			if body != "" || head.StatusCode != status {
				t.Errorf("%s: HEAD answers %s with %d bytes", about, head.Status, len(body))
			}
			// A HEAD has the headers of a GET, but may leave out its length.
			for method, resp := range map[string]*http.Response{"GET": get, "HEAD": head} {
				for name, want := range map[string]string{
					"Content-Encoding": coding, "Etag": `"3-` + coding + `"`, "Vary": "Accept-Encoding",
					"Content-Type": "application/json",
				} {
					if got := resp.Header.Get(name); got != want {
						t.Errorf("%s: %s: %s is %q, want %q", about, method, name, got, want)
					}
				}
				if length := resp.Header.Get("Content-Length"); length == strconv.Itoa(len(long)) {
					t.Errorf("%s: %s has the length of the bare body", about, method)
				}
			}
		}
	}
}

// TestCompressLeaves sends responses that are to stay as they are.
func TestCompressLeaves(t *testing.T) {
	const gzipped = "Accept-Encoding: gzip"
	coded := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Content-Encoding", "br")
		w.Header().Set("ETag", `"3"`)
		io.WriteString(w, long)
	})
	ranged := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Content-Range", "bytes 0-9/10000")
		w.Header().Set("ETag", `"3"`)
		w.WriteHeader(http.StatusPartialContent)
		io.WriteString(w, long)
	})
	for _, tt := range []struct {
		about   string
		handler http.Handler
		header  string
		body    string
		vary    string
	}{
		{"not accepted", text(200, "text/html", long, true), "Accept-Encoding: br", long, "Accept-Encoding"},
		{"no header", text(200, "text/html", long, false), "X-None: 1", long, "Accept-Encoding"},
		{"none at all accepted", text(200, "text/html", long, false), "Accept-Encoding: *;q=0", long, "Accept-Encoding"},
		{"small", text(200, "text/html", long[:minCoded], false), gzipped, long[:minCoded], "Accept-Encoding"},
		{"small with a length", text(200, "text/html", long[:minCoded], true), gzipped, long[:minCoded], "Accept-Encoding"},
		{"empty", text(200, "text/html", "", false), gzipped, "", "Accept-Encoding"},
		{"picture", text(200, "image/png", long, true), gzipped, long, ""},
		{"no type", text(200, "", long, false), gzipped, long, ""},
		{"coded already", coded, gzipped, long, ""},
		{"part", ranged, gzipped, long, ""},
		{"no content", text(204, "text/html", "", false), gzipped, "", ""},
		{"not modified", text(304, "text/html", "", false), gzipped, "", "Accept-Encoding"},
	} {
		want, wantBody := exchange(t, tt.handler, "GET", tt.header)
		got, body := exchange(t, Compress(tt.handler), "GET", tt.header)
		if body != tt.body || body != wantBody {
			t.Errorf("%s: %d bytes, want the %d as they are", tt.about, len(body), len(tt.body))
		}
		for _, name := range []string{"Content-Encoding", "Content-Length", "Content-Type", "Etag"} {
			if got.StatusCode != want.StatusCode || got.Header.Get(name) != want.Header.Get(name) {
				t.Errorf("%s: %s with %s: %q, want %s with %q", tt.about, got.Status, name, got.Header.Get(name), want.Status, want.Header.Get(name))
			}
		}
		if vary := got.Header.Get("Vary"); vary != tt.vary {
			t.Errorf("%s: Vary: %q, want %q", tt.about, vary, tt.vary)
		}
	}
}

func TestCompressTypes(t *testing.T) {
	for contentType, want := range map[string]bool{
		"application/json": true, "application/problem+json": true, "application/x-ndjson": true, "application/yaml": true,
		"text/html; charset=utf-8": true, "TEXT/CSS": true, "text/javascript;charset=utf-8": true, "text/plain": true,
		"image/svg+xml": true, "application/javascript": true,
		"image/png": false, "application/octet-stream": false, "application/zip": false, "": false, "textual": false,
	} {
		resp, _ := exchange(t, Compress(text(200, contentType, long, true)), "GET", "Accept-Encoding: gzip")
		if got := resp.Header.Get("Content-Encoding") != ""; got != want {
			t.Errorf("%q is coded: %t", contentType, got)
		}
	}
}

// TestCompressWhatMustBe codes even a small body for a client that refuses it
// bare.
func TestCompressWhatMustBe(t *testing.T) {
	for _, withLength := range []bool{false, true} {
		h := Compress(text(200, "text/plain", "x", withLength))
		resp, body := exchange(t, h, "GET", "Accept-Encoding: gzip, identity;q=0")
		if resp.Header.Get("Content-Encoding") != gzipCoding || decodeBody(t, gzipCoding, body) != "x" {
			t.Errorf("length %t: %v %q", withLength, resp.Header, body)
		}
	}
}

// TestCompressManyWrites lets a body grow over the limit in steps.
func TestCompressManyWrites(t *testing.T) {
	for _, n := range []int{1, minCoded, minCoded + 1, 100_000} {
		want := strings.Repeat("0123456789", n/10+1)[:n]
		h := Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			for i := 0; i < n; i += 100 {
				if wrote, err := io.WriteString(w, want[i:min(n, i+100)]); wrote != min(100, n-i) || err != nil {
					t.Errorf("wrote %d, %v", wrote, err)
				}
			}
		}))
		resp, body := exchange(t, h, "GET", "Accept-Encoding: gzip")
		coding := resp.Header.Get("Content-Encoding")
		if (coding == gzipCoding) != (n > minCoded) || decodeBody(t, coding, body) != want {
			t.Errorf("%d bytes: coding %q, body of %d bytes", n, coding, len(body))
		}
	}
}

// TestCompressStreams checks that what is flushed arrives before the handler goes
// on, coded and readable, while the client still sends.
func TestCompressStreams(t *testing.T) {
	for _, coding := range []string{identity, gzipCoding} {
		t.Run(coding, func(t *testing.T) {
			requests, flush := requestLog(io.Discard)
			server := httptest.NewServer(Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				rc := http.NewResponseController(w)
				for _, err := range []error{
					rc.EnableFullDuplex(), rc.SetReadDeadline(time.Time{}), rc.SetWriteDeadline(time.Time{}),
				} {
					if err != nil {
						t.Error(err)
					}
				}
				w.Header().Set("Content-Type", "application/x-ndjson")
				for lines := bufio.NewScanner(r.Body); lines.Scan(); {
					fmt.Fprintf(w, "got %s\n", lines.Text())
					if err := rc.Flush(); err != nil {
						t.Error(err)
					}
				}
			}), AccessLog(requests), Compress))
			defer flush()
			defer server.Close()
			body, lines := io.Pipe()
			go io.WriteString(lines, "0\n")
			resp := send(t, server, "POST", body, "Accept-Encoding: "+coding)
			if got := resp.Header.Get("Content-Encoding"); got != coding && coding != identity {
				t.Fatalf("coding %q", got)
			}
			results := bufio.NewReader(decoder(t, coding, resp.Body))
			for i := range 5 {
				result, err := results.ReadString('\n')
				if want := fmt.Sprintf("got %d\n", i); result != want || err != nil {
					t.Fatalf("%q, %v; want %q", result, err, want)
				}
				if i < 4 {
					fmt.Fprintf(lines, "%d\n", i+1)
				}
			}
			lines.Close()
			if rest, err := io.ReadAll(results); len(rest) != 0 || err != nil {
				t.Errorf("%q, %v at the end", rest, err)
			}
		})
	}
}

// TestCompressFlushesBeforeTheBody flushes the header alone.
func TestCompressFlushesBeforeTheBody(t *testing.T) {
	h := Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		io.WriteString(w, "x")
	}))
	for method, want := range map[string]string{"GET": "x", "HEAD": ""} {
		resp, body := exchange(t, h, method, "Accept-Encoding: gzip")
		if resp.StatusCode != 200 || resp.Header.Get("Content-Encoding") != gzipCoding {
			t.Errorf("%s: %s %v", method, resp.Status, resp.Header)
		}
		if method == "GET" && decodeBody(t, gzipCoding, body) != want || method == "HEAD" && body != "" {
			t.Errorf("%s: %q", method, body)
		}
	}
}

// TestCompressedTags asks again with the tags that were answered.
func TestCompressedTags(t *testing.T) {
	h := Compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"3"`)
		w.Header().Set("Saw", r.Header.Get("If-None-Match")+"|"+r.Header.Get("If-Match"))
		if etag.Held(r, `"3"`) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, long)
	}))
	for _, tt := range []struct {
		coding, header string
		status         int
		tag, saw       string
	}{
		{"gzip", `If-None-Match: "3-gzip"`, 304, `"3-gzip"`, `"3"|`},
		{"gzip", `If-None-Match: W/"3-gzip"`, 304, `"3-gzip"`, `W/"3"|`},
		{"identity", `If-None-Match: "3-gzip"`, 304, `"3-gzip"`, `"3"|`},
		{"gzip", `If-None-Match: "3-zstd"`, 200, `"3-gzip"`, `"3-zstd"|`},
		{"gzip", `If-None-Match: "3"`, 304, `"3"`, `"3"|`},
		{"gzip", `If-None-Match: "1-gzip" ,"3","3-gzip"`, 304, `"3"`, `"1", "3", "3"|`},
		{"gzip", `If-None-Match: *`, 304, `"3"`, `*|`},
		{"gzip", `If-None-Match: "4-gzip"`, 200, `"3-gzip"`, `"4"|`},
		{"identity", `If-None-Match: "4-gzip"`, 200, `"3"`, `"4"|`},
		{"gzip", `If-None-Match: "3-br"`, 200, `"3-gzip"`, `"3-br"|`},
		{"gzip", `If-None-Match: 3-gzip`, 200, `"3-gzip"`, `3-gzip|`},
		{"gzip", `If-None-Match: 3-gzip"`, 200, `"3-gzip"`, `3-gzip"|`},
		{"identity", `If-Match: "3-gzip"`, 200, `"3"`, `|"3"`},
		{"gzip", `If-None-Match: "a,b-c","3-gzip"`, 304, `"3-gzip"`, `"a,b-c", "3"|`},
		{"gzip", `If-None-Match: "x,3-gzip"`, 200, `"3-gzip"`, `"x,3"|`},
		{"gzip", `If-None-Match: "3-gzip" "3"`, 200, `"3-gzip"`, `"3-gzip" "3"|`},
		{"gzip", `If-Match: "3-gzip", W/"2-gzip"`, 200, `"3-gzip"`, `|"3", W/"2"`},
	} {
		resp, _ := exchange(t, h, "GET", "Accept-Encoding: "+tt.coding, tt.header)
		if tag, saw := resp.Header.Get("ETag"), resp.Header.Get("Saw"); resp.StatusCode != tt.status || tag != tt.tag || saw != tt.saw {
			t.Errorf("%s, %s: %d, tag %s, the handler saw %s; want %d, %s, %s", tt.coding, tt.header, resp.StatusCode, tag, saw, tt.status, tt.tag, tt.saw)
		}
	}
	for tag, want := range map[string]string{`"3"`: `"3-gzip"`, `W/"3"`: `W/"3"`, `""`: `"-gzip"`, `"`: `"`, `3`: `3`} {
		if got := codedTag(tag, gzipCoding); got != want {
			t.Errorf("codedTag(%s) = %s, want %s", tag, got, want)
		}
	}
}

// TestCompressUnderAccessLog puts Compress where it belongs.
func TestCompressUnderAccessLog(t *testing.T) {
	var log bytes.Buffer
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Pattern = "GET /pattern"
		text(203, "text/plain", long, true).ServeHTTP(w, r)
	})
	requests, flush := requestLog(&log)
	server := httptest.NewServer(Handler(handler, AccessLog(requests), Recover(jsonLog(io.Discard)), Compress))
	resp := send(t, server, "GET", nil, "Accept-Encoding: gzip", `If-None-Match: "1-gzip"`)
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	server.Close() // waits for the line
	flush()
	lines := logLines(t, &log)
	if len(lines) != 1 || lines[0]["bytes"] != float64(len(body)) || lines[0]["status"] != 203.0 || lines[0]["route"] != "/pattern" {
		t.Errorf("log %v, want the route and the %d bytes that were sent", lines, len(body))
	}
}

// TestCompressAndPanics checks that a panic becomes a whole problem where nothing
// was sent, and cuts off a body that was begun, so that no coding ends well.
func TestCompressAndPanics(t *testing.T) {
	const coding = gzipCoding
	for name, flush := range map[string]bool{"before": false, "after": true} {
		h := Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "part")
			if flush {
				http.NewResponseController(w).Flush()
			}
			panic("on purpose")
		}), Recover(slog.New(slog.DiscardHandler)), Compress)
		server := httptest.NewServer(h)
		server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
		resp := send(t, server, "GET", nil, "Accept-Encoding: "+coding)
		body, err := io.ReadAll(resp.Body)
		server.Close()
		if !flush && (resp.StatusCode != 500 || err != nil || !strings.HasPrefix(string(body), "{") || resp.Header.Get("Content-Encoding") != "") {
			t.Errorf("%s %s: %s %q, %v", coding, name, resp.Status, body, err)
		}
		if flush && err == nil {
			t.Errorf("%s %s: the body ends as if it were whole", coding, name)
		}
	}
}

// TestCompressReusesEncoders sends different bodies through the same encoders,
// some of which were left in the middle.
func TestCompressReusesEncoders(t *testing.T) {
	handler := Compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, long+r.URL.RawQuery)
		http.NewResponseController(w).Flush()
		if r.URL.RawQuery == "panic" {
			panic("on purpose")
		}
	}))
	for i := range 20 {
		const coding = gzipCoding
		for _, query := range []string{"panic", strconv.Itoa(i)} {
			rec := httptest.NewRecorder()
			req := httptest.NewRequestWithContext(t.Context(), "GET", "/?"+query, nil)
			req.Header.Set("Accept-Encoding", coding)
			func() {
				defer func() { recover() }() // as net/http does
				handler.ServeHTTP(rec, req)
			}()
			if query == "panic" {
				if _, err := io.ReadAll(decoder(t, coding, rec.Body)); err == nil {
					t.Errorf("%s: the body of a handler that panicked ends well", coding)
				}
				continue
			}
			if decodeBody(t, coding, rec.Body.String()) != long+query {
				t.Errorf("%s: %d: another body", coding, i)
			}
		}
	}
}

// gone is a response whose client goes after the first write. It keeps what it is
// given then, as one of HTTP/2 does that is reset while a frame of it waits to be
// written.
type gone struct {
	*httptest.ResponseRecorder
	kept []byte
}

func (g *gone) Write(p []byte) (int, error) {
	if g.Body.Len() == 0 {
		return g.ResponseRecorder.Write(p)
	}
	g.kept = p
	return 0, errors.New("on purpose")
}

// TestEncoderOfAFailedWriteIsLeftAlone checks that no other body is coded into memory
// that may still be read.
func TestEncoderOfAFailedWriteIsLeftAlone(t *testing.T) {
	handler := Compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, r.URL.RawQuery+long)
		http.NewResponseController(w).Flush()
	}))
	const coding = gzipCoding
	request := func(query string) *http.Request {
		req := httptest.NewRequestWithContext(t.Context(), "GET", "/?"+query, nil)
		req.Header.Set("Accept-Encoding", coding)
		return req
	}
	for range 100 { // a pool gives no promise to give again what it was given
		w := &gone{ResponseRecorder: httptest.NewRecorder()}
		handler.ServeHTTP(w, request("first"))
		want := bytes.Clone(w.kept)
		handler.ServeHTTP(httptest.NewRecorder(), request("other"))
		if !bytes.Equal(w.kept, want) {
			t.Fatalf("%s: %q has become %q", coding, want, w.kept)
		}
	}
}

// TestCompressTakesTheFirstStatus lets a handler send an interim response, and
// then two final ones.
func TestCompressTakesTheFirstStatus(t *testing.T) {
	h := Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusNotFound)
		w.WriteHeader(http.StatusOK)
		io.WriteString(w, "x")
	}))
	resp, body := exchange(t, h, "GET", "Accept-Encoding: gzip")
	if vary := resp.Header.Values("Vary"); resp.StatusCode != 404 || body != "x" || len(vary) != 1 {
		t.Errorf("%s %q, Vary: %q", resp.Status, body, vary)
	}
}

func BenchmarkCompress(b *testing.B) {
	var body bytes.Buffer
	for i := range 100 {
		fmt.Fprintf(&body, `{"id":%d,"name":"Item %d","description":"An item to look at","created_at":"2026-11-23T20:21:00.%06dZ","version":1},`, i, i*i, i*7919)
	}
	h := Compress(text(200, "application/json", body.String(), true))
	for _, coding := range []string{identity, gzipCoding} {
		b.Run(coding, func(b *testing.B) {
			req := httptest.NewRequest("GET", "/", nil)
			req.Header.Set("Accept-Encoding", coding)
			b.SetBytes(int64(body.Len()))
			b.ReportAllocs()
			var sent int
			for b.Loop() {
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, req)
				sent = rec.Body.Len()
			}
			b.ReportMetric(float64(sent), "sent-B")
		})
	}
}

// BenchmarkNewEncoder tells the memory of an encoder that has coded 1 MiB.
func BenchmarkNewEncoder(b *testing.B) {
	body := []byte(strings.Repeat(long, 1<<20/len(long)))
	const coding = gzipCoding
	b.Run(coding, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			e := new(encoders).get(io.Discard)
			if _, err := e.Write(body); err != nil {
				b.Fatal(err)
			}
		}
	})
}
