package postgres

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
)

// client makes requests to a service. Its methods may be called from any goroutine.
type client struct {
	url  string
	http *http.Client
}

// answer is a response that was read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

func newClient(t testing.TB, url string) client {
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	t.Cleanup(transport.CloseIdleConnections)
	return client{url, &http.Client{Transport: transport, Timeout: patience}}
}

// do makes a request. Headers are pairs of name and value. A request that net/http
// sends twice, since its first connection ended, is an error: it would hide one.
func (c client) do(method, path, body string, headers ...string) (answer, error) {
	request, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	sent := 0
	trace := &httptrace.ClientTrace{WroteHeaders: func() { sent++ }}
	response, err := c.http.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err == nil && sent != 1 {
		err = fmt.Errorf("%s %s was sent %d times", method, path, sent)
	}
	return answer{response.StatusCode, response.Header, string(read)}, err
}

// post creates an item, under a key unless that is empty.
func (c client) post(name, key string) (answer, error) {
	headers := []string{"Content-Type", "application/json"}
	if key != "" {
		headers = append(headers, "Idempotency-Key", key)
	}
	return c.do(http.MethodPost, "/api/items", fmt.Sprintf(`{"name":%q}`, name), headers...)
}

// must makes a request that has to be answered with a status.
func (c client) must(t testing.TB, status int, method, path, body string, headers ...string) answer {
	t.Helper()
	got, err := c.do(method, path, body, headers...)
	if err != nil {
		t.Fatal(err)
	}
	if got.status != status {
		t.Fatalf("%s %s: status %d, want %d: %s", method, path, got.status, status, got.body)
	}
	return got
}

// status returns the status that a path is answered with, 0 where it is not.
func (c client) status(path string) int {
	got, err := c.do(http.MethodGet, path, "")
	if err != nil {
		return 0
	}
	return got.status
}
