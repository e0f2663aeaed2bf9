package blackbox

import (
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// postOnce creates an item under a key.
func (c client) postOnce(key, body string) answer {
	c.t.Helper()
	return c.do(http.MethodPost, "/api/items", body, "Content-Type", "application/json", "Idempotency-Key", key)
}

// wantReplay checks that a create that is sent again is answered as the first was.
func (c client) wantReplay(key, body string, first answer) {
	c.t.Helper()
	again := c.postOnce(key, body)
	again.wantStatus(c.t, http.StatusCreated)
	again.wantHeader(c.t, "Idempotency-Replayed", "true")
	for _, name := range []string{"Location", "ETag", "Content-Type"} {
		again.wantHeader(c.t, name, first.header.Get(name))
	}
	if again.body != first.body {
		c.t.Errorf("%s, want %s", again.body, first.body)
	}
}

func testOnce(t *testing.T, service Service) {
	instance := service.Start(t)
	c := newClient(t, instance)
	const key, body = "3fa85f64-5717", `{"name":"x","description":"y"}`
	first := c.postOnce(key, body)
	first.wantStatus(t, http.StatusCreated)
	first.wantHeader(t, "Idempotency-Replayed", "")
	c.wantReplay(key, body, first)
	c.wantReplay(key, `{ "description": "y", "name": "x" }`, first)
	c.postOnce(key, `{"name":"z"}`).wantProblem(t, http.StatusUnprocessableEntity)
	for _, bad := range []string{"", "two words", strings.Repeat("x", 256)} {
		c.postOnce(bad, body).wantProblem(t, http.StatusBadRequest)
	}

	stop(t, instance, syscall.SIGTERM)
	instance = service.Start(t)
	c = newClient(t, instance)
	c.wantReplay(key, body, first)

	second := c.postOnce("another", body)
	second.wantStatus(t, http.StatusCreated)
	instance.Signal(syscall.SIGKILL)
	instance.Wait()
	c = newClient(t, service.Start(t))
	c.wantReplay(key, body, first)
	c.wantReplay("another", body, second)
	if list := decode[[]item](t, c.get("/api/items")); len(list) != 2 {
		t.Errorf("%d items, want 2", len(list))
	}
}

// testOnceAtOnce sends one create many times at once. Those that come while it runs
// are told to try again, the others that it was made.
func testOnceAtOnce(t *testing.T, service Service) {
	c := newClient(t, service.Start(t))
	var wg sync.WaitGroup
	answers := make([]answer, 32)
	errs := make([]error, len(answers))
	for i := range answers {
		wg.Go(func() {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+"/api/items", strings.NewReader(`{"name":"x"}`))
			if err != nil {
				errs[i] = err
				return
			}
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Idempotency-Key", "one")
			answers[i], errs[i] = c.send(request)
		})
	}
	wg.Wait()
	made := 0
	for i, got := range answers {
		switch {
		case errs[i] != nil:
			t.Fatal(errs[i])
		case got.status == http.StatusConflict:
			got.wantHeader(t, "Retry-After", "1")
		default:
			got.wantStatus(t, http.StatusCreated)
			got.wantHeader(t, "Location", "/api/items/1")
			if got.header.Get("Idempotency-Replayed") == "" {
				made++
			}
		}
	}
	if list := decode[[]item](t, c.get("/api/items")); made != 1 || len(list) != 1 {
		t.Errorf("%d answers made an item, %d are there; want one", made, len(list))
	}
}
