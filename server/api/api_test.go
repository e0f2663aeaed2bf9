package api

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/server/route"
)

// service is the API on a real store.
type service struct {
	store   items.Store
	handler http.Handler
}

func newService(t *testing.T) service {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return service{store, route.New(Routes(store, slog.New(slog.DiscardHandler), Options{}))}
}

// with returns the API with options on the same store.
func (s service) with(options Options) service {
	return service{s.store, route.New(Routes(s.store, slog.New(slog.DiscardHandler), options))}
}

// create stores an item of the given name.
func (s service) create(t *testing.T, name string) items.Item {
	t.Helper()
	item, err := s.store.Create(t.Context(), items.Draft{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// do sends a request with the given headers, each "Name: value".
func (s service) do(t *testing.T, method, target, body string, headers ...string) *http.Response {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req := httptest.NewRequestWithContext(t.Context(), method, target, reader)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Add(name, value)
	}
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, req)
	return rec.Result()
}

// post sends a JSON body.
func (s service) post(t *testing.T, body string) *http.Response {
	t.Helper()
	return s.do(t, http.MethodPost, itemsPath, body, "Content-Type: application/json")
}

// wantItem checks an answer with an item as it is now in the store, and its tag.
func (s service) wantItem(t *testing.T, resp *http.Response, want items.Item) {
	t.Helper()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s, want the item", resp.Status)
	}
	got := decode[items.Item](t, resp)
	stored, err := s.store.Get(t.Context(), want.ID)
	if err != nil || got != stored {
		t.Errorf("answered %+v, stored %+v, %v", got, stored, err)
	}
	if got.Draft() != want.Draft() || got.Version != want.Version || got.CreatedAt != want.CreatedAt {
		t.Errorf("%+v, want %+v", got, want)
	}
	if tag := resp.Header.Get("ETag"); tag != etagOf(got) {
		t.Errorf("ETag: %s of version %d", tag, got.Version)
	}
}

// decode reads a response's JSON body.
func decode[T any](t *testing.T, resp *http.Response) (v T) {
	t.Helper()
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		t.Fatalf("body of the response: %v", err)
	}
	return v
}

// problemBody is an RFC 9457 problem as a client sees it.
type problemBody struct {
	Type, Title, Detail string
	Status              int
	Errors              []struct {
		Pointer           *string
		Parameter, Detail string
	}
}

// wantProblem checks that a response is a problem of the given status whose
// errors are at the given places: JSON Pointers, or names of parameters.
func wantProblem(t *testing.T, resp *http.Response, status int, places ...string) {
	t.Helper()
	if resp.StatusCode != status || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s of %q, want status %d", resp.Status, resp.Header.Get("Content-Type"), status)
		return
	}
	p := decode[problemBody](t, resp)
	if p.Type != "about:blank" || p.Title != http.StatusText(status) || p.Status != status || p.Detail == "" {
		t.Errorf("problem %+v", p)
	}
	var got []string
	for _, e := range p.Errors {
		if e.Detail == "" {
			t.Errorf("problem %+v: an error without detail", p)
		}
		if e.Pointer != nil {
			got = append(got, *e.Pointer)
		} else {
			got = append(got, e.Parameter)
		}
	}
	if strings.Join(got, " ") != strings.Join(places, " ") {
		t.Errorf("errors at %q, want %q", got, places)
	}
}

func TestRouterErrorsAreProblems(t *testing.T) {
	s := newService(t)
	for _, tt := range []struct {
		method, target string
		status         int
		allow          string
	}{
		{"GET", "/api/nothing", 404, ""},
		{"GET", "/api/items/", 404, ""},
		{"GET", "/api/items/1/parts", 404, ""},
		{"DELETE", "/api/items", 405, "GET, HEAD, POST"},
		{"POST", "/api/items/1", 405, "DELETE, GET, HEAD, PATCH, PUT"},
		{"BREW", "/api/items/1", 405, "DELETE, GET, HEAD, PATCH, PUT"},
	} {
		resp := s.do(t, tt.method, tt.target, "")
		wantProblem(t, resp, tt.status)
		if got := resp.Header.Get("Allow"); got != tt.allow {
			t.Errorf("%s %s: Allow: %q, want %q", tt.method, tt.target, got, tt.allow)
		}
	}
}
