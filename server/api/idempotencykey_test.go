package api

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/server/route"
)

// postOnce sends a JSON body with a key.
func (s service) postOnce(t *testing.T, key, body string) *http.Response {
	t.Helper()
	return s.do(t, "POST", itemsPath, body, "Content-Type: application/json", "Idempotency-Key: "+key)
}

// count returns the number of items.
func (s service) count(t *testing.T) int {
	t.Helper()
	page, err := s.store.List(t.Context(), items.Query{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}

func TestReplay(t *testing.T) {
	s := newService(t)
	first := s.postOnce(t, "a", `{"name":"x","description":"y"}`)
	body, _ := io.ReadAll(first.Body)
	if first.StatusCode != http.StatusCreated || first.Header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("%s %v", first.Status, first.Header)
	}
	check := func() {
		t.Helper()
		// The key stands for the draft, not for how it is spelled.
		again := s.postOnce(t, "a", `{ "description": "\u0079", "name": "x" }`)
		got, _ := io.ReadAll(again.Body)
		if again.StatusCode != http.StatusCreated || string(got) != string(body) {
			t.Errorf("%s %s, want 201 %s", again.Status, got, body)
		}
		for _, name := range []string{"Location", "ETag", "Content-Type"} {
			if again.Header.Get(name) != first.Header.Get(name) {
				t.Errorf("%s: %q, want %q", name, again.Header.Get(name), first.Header.Get(name))
			}
		}
		if again.Header.Get("Idempotency-Replayed") != "true" {
			t.Error("the replay is not said to be one")
		}
	}
	check()
	s.update(t, 1, items.Draft{Name: "changed"})
	check()
	if err := s.store.Delete(t.Context(), 1, items.AnyVersion); err != nil {
		t.Fatal(err)
	}
	check()
	if n := s.count(t); n != 0 {
		t.Errorf("%d items", n)
	}
	if other := s.postOnce(t, "b", `{"name":"x","description":"y"}`); other.Header.Get("Location") != "/api/items/2" {
		t.Errorf("another key: %s %v", other.Status, other.Header)
	}
}

func TestKeyOfAnotherDraft(t *testing.T) {
	s := newService(t)
	s.postOnce(t, "a", `{"name":"x"}`)
	for _, body := range []string{`{"name":"y"}`, `{"name":"x","description":"y"}`} {
		wantProblem(t, s.postOnce(t, "a", body), http.StatusUnprocessableEntity)
	}
	if n := s.count(t); n != 1 {
		t.Errorf("%d items, want 1", n)
	}
}

func TestRefusedRequestUsesNoKey(t *testing.T) {
	s := newService(t)
	wantProblem(t, s.postOnce(t, "a", `{"name":""}`), http.StatusUnprocessableEntity, "/name")
	wantProblem(t, s.postOnce(t, "a", `{"name":`), http.StatusBadRequest, "")
	if resp := s.postOnce(t, "a", `{"name":"x"}`); resp.StatusCode != http.StatusCreated {
		t.Error(resp.Status)
	}
}

func TestKeyRefuses(t *testing.T) {
	s := newService(t)
	for _, key := range []string{"", " ", "a b", "é", "a\x7f", strings.Repeat("x", 256)} {
		wantProblem(t, s.postOnce(t, key, `{"name":"x"}`), http.StatusBadRequest)
	}
	twice := s.do(t, "POST", itemsPath, `{"name":"x"}`, "Content-Type: application/json", "Idempotency-Key: a", "Idempotency-Key: a")
	wantProblem(t, twice, http.StatusBadRequest)
	if n := s.count(t); n != 0 {
		t.Errorf("%d items", n)
	}
	for _, key := range []string{"!", "~", `"3fa85f64-5717"`, strings.Repeat("x", 255)} {
		if resp := s.postOnce(t, key, `{"name":"x"}`); resp.StatusCode != http.StatusCreated {
			t.Errorf("%q: %s", key, resp.Status)
		}
	}
}

// held is a store whose CreateOnce waits with the key in use.
type held struct {
	items.Store
	began, release chan struct{}
}

func (h held) CreateOnce(_ context.Context, _ string, d items.Draft) (items.Item, bool, error) {
	select {
	case <-h.began:
		return items.Item{}, false, items.ErrKeyRunning
	default:
	}
	close(h.began)
	<-h.release
	return items.Item{ID: 1, Name: d.Name, Version: 1}, false, nil
}

func TestKeyRunning(t *testing.T) {
	store := held{began: make(chan struct{}), release: make(chan struct{})}
	s := service{handler: route.New(Routes(store, slog.New(slog.DiscardHandler), Options{}))}
	var wg sync.WaitGroup
	wg.Go(func() {
		if first := s.postOnce(t, "a", `{"name":"x"}`); first.StatusCode != http.StatusCreated {
			t.Error(first.Status)
		}
	})
	<-store.began
	second := s.postOnce(t, "a", `{"name":"x"}`)
	if got := second.Header.Get("Retry-After"); got != "1" {
		t.Errorf("Retry-After: %q", got)
	}
	wantProblem(t, second, http.StatusConflict)
	close(store.release)
	wg.Wait()
}

func TestManyWithOneKey(t *testing.T) {
	s := newService(t)
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			switch resp := s.postOnce(t, "a", `{"name":"x"}`); resp.StatusCode {
			case http.StatusCreated:
				if at := resp.Header.Get("Location"); at != "/api/items/1" {
					t.Errorf("Location: %s", at)
				}
			case http.StatusConflict:
			default:
				t.Error(fmt.Sprint("status ", resp.StatusCode))
			}
		})
	}
	wg.Wait()
	if n := s.count(t); n != 1 {
		t.Errorf("%d items, want 1", n)
	}
}
