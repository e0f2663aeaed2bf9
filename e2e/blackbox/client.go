package blackbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// client makes requests to one instance. What goes wrong below HTTP fails the test.
type client struct {
	t    *testing.T
	url  string
	http *http.Client
}

// answer is a response that was read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// item is the representation of an item.
type item struct {
	ID          int64     `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
	Version     int64     `json:"version"`
}

func newClient(t *testing.T, instance Instance) client {
	transport := &http.Transport{
		MaxIdleConnsPerHost:   100,
		ExpectContinueTimeout: time.Minute,
		DisableCompression:    true, // else it would ask for gzip with GET and not with HEAD
	}
	t.Cleanup(transport.CloseIdleConnections)
	return client{t, instance.URL(), &http.Client{Transport: transport, Timeout: time.Minute}}
}

// do makes a request. Headers are pairs of name and value.
func (c client) do(method, path, body string, headers ...string) answer {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	got, err := c.send(request)
	if err != nil {
		c.t.Fatal(err)
	}
	return got
}

// send, unlike do, may be called from any goroutine.
func (c client) send(request *http.Request) (answer, error) {
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(body)}, err
}

func (c client) get(path string, headers ...string) answer {
	c.t.Helper()
	return c.do(http.MethodGet, path, "", headers...)
}

func (c client) post(body string) answer {
	c.t.Helper()
	return c.do(http.MethodPost, "/api/items", body, "Content-Type", "application/json")
}

// create makes an item that has to be accepted.
func (c client) create(name string) item {
	c.t.Helper()
	body, err := json.Marshal(map[string]string{"name": name})
	if err != nil {
		c.t.Fatal(err)
	}
	got := c.post(string(body))
	got.wantStatus(c.t, http.StatusCreated)
	return decode[item](c.t, got)
}

func (a answer) wantStatus(t *testing.T, status int) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; body: %s", a.status, status, a.body)
	}
}

func (a answer) wantHeader(t *testing.T, name, value string) {
	t.Helper()
	if got := a.header.Get(name); got != value {
		t.Errorf("%s: %q, want %q", name, got, value)
	}
}

func decode[T any](t *testing.T, a answer) T {
	t.Helper()
	var value T
	decoder := json.NewDecoder(strings.NewReader(a.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return value
}
