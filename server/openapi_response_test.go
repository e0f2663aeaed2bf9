package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// response is an answer of the service, read to its end.
type response struct {
	status int
	header http.Header
	body   string
}

// forValidator returns the response in the form that the validator takes: each
// header in one line, which means the same (RFC 9110, section 5.3).
func (r *response) forValidator() *http.Response {
	header := make(http.Header)
	for name, lines := range r.header {
		header.Set(name, strings.Join(lines, ", "))
	}
	return &http.Response{StatusCode: r.status, Header: header, Body: io.NopCloser(strings.NewReader(r.body))}
}

// mediaType is that of the body, without its parameters.
func (r *response) mediaType() string {
	mediaType, _, _ := strings.Cut(r.header.Get("Content-Type"), ";")
	return mediaType
}

// send sends a request.
func (w *world) send(t *testing.T, r request) *response {
	t.Helper()
	req := r.http(t, w.url)
	if r.endless {
		rest, end := io.Pipe()
		defer end.Close()
		req.Body = io.NopCloser(io.MultiReader(strings.NewReader(r.body), rest))
		req.ContentLength = -1
	}
	resp, err := w.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var from io.Reader = resp.Body
	if resp.Header.Get("Content-Encoding") == "gzip" && r.method != http.MethodHead {
		if from, err = gzip.NewReader(resp.Body); err != nil {
			t.Fatal(err)
		}
	}
	body, err := io.ReadAll(from)
	if err != nil {
		t.Fatalf("%s %s: %v", r.method, r.target, err)
	}
	if resp.Close {
		resp.Header.Set("Connection", "close") // net/http takes it away
	}
	return &response{resp.StatusCode, resp.Header, string(body)}
}

// http returns the request to a service.
func (r request) http(t *testing.T, url string) *http.Request {
	t.Helper()
	var body io.Reader
	if r.body != "" {
		body = strings.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(t.Context(), r.method, url+r.target, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Add(name, value)
	}
	return req
}
