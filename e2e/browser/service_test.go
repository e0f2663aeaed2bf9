package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/process"
)

// service is the API behind the page's back.
type service struct {
	t   *testing.T
	url string
}

// item is what the API tells of one.
type item struct {
	ID          int64  `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Version     int64  `json:"version"`
}

// serve starts the service without items. Settings are environment variables.
func serve(t *testing.T, settings ...string) service {
	t.Helper()
	return service{t, process.Deploy(t).Start(t, settings...).URL()}
}

// do makes a request that has to be answered with a status. It returns the body.
func (s service) do(status int, method, path string, header http.Header, body string) []byte {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if response.StatusCode != status {
		s.t.Fatalf("%s %s: status %d, want %d: %s", method, path, response.StatusCode, status, got)
	}
	return got
}

// create makes an item.
func (s service) create(name, description string) item {
	s.t.Helper()
	return decode[item](s.t, s.do(http.StatusCreated, http.MethodPost, "/api/items", asJSON(), draft(s.t, name, description)))
}

// createMany makes items called by a prefix and their number, from 1 on.
func (s service) createMany(prefix string, n int) {
	s.t.Helper()
	for i := range n {
		s.create(fmt.Sprintf("%s %d", prefix, i+1), "")
	}
}

// update changes an item, whatever its version.
func (s service) update(id int64, name, description string) {
	s.t.Helper()
	s.do(http.StatusOK, http.MethodPut, fmt.Sprintf("/api/items/%d", id), asJSON(), draft(s.t, name, description))
}

// remove deletes an item.
func (s service) remove(id int64) {
	s.t.Helper()
	s.do(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/items/%d", id), nil, "")
}

// items returns the first thousand items.
func (s service) items() []item {
	s.t.Helper()
	return decode[[]item](s.t, s.do(http.StatusOK, http.MethodGet, "/api/items?limit=1000", nil, ""))
}

// names returns the names of the first thousand items, one a line.
func (s service) names() string {
	s.t.Helper()
	var names []string
	for _, item := range s.items() {
		names = append(names, item.Name)
	}
	return strings.Join(names, "\n")
}

// wantItems holds that the items there are have these names, in this order.
func (s service) wantItems(names ...string) {
	s.t.Helper()
	if got, want := s.names(), strings.Join(names, "\n"); got != want {
		s.t.Errorf("the service has %q, want %q", got, want)
	}
}

// awaitItems waits until the items there are have these names.
func (s service) awaitItems(names ...string) {
	s.t.Helper()
	blackbox.Eventually(s.t, patience, fmt.Sprintf("the service has %q", names), func() bool { return s.names() == strings.Join(names, "\n") })
}

// importLines imports lines of NDJSON.
func (s service) importLines(lines string) {
	s.t.Helper()
	s.do(http.StatusOK, http.MethodPost, "/api/items", http.Header{"Content-Type": {"application/x-ndjson"}}, lines)
}

func asJSON() http.Header { return http.Header{"Content-Type": {"application/json"}} }

func draft(t *testing.T, name, description string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"name": name, "description": description})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func decode[T any](t *testing.T, body []byte) T {
	t.Helper()
	var value T
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&value); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return value
}
