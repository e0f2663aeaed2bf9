package blackbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func testRestart(t *testing.T, service Service) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			instance := service.Start(t)
			c := newClient(t, instance)
			made := c.create("kept")
			before := c.get("/api/items")
			stop(t, instance, signal)

			instance = service.Start(t)
			c = newClient(t, instance)
			if after := c.get("/api/items"); after.body != before.body {
				t.Errorf("after the restart: %s, want %s", after.body, before.body)
			}
			if again := c.create("next"); again.ID <= made.ID {
				t.Errorf("id %d was given again after the restart", again.ID)
			}
			stop(t, instance, signal)
		})
	}
}

// testKill holds that an item whose creation was answered outlives the process.
func testKill(t *testing.T, service Service) {
	instance := service.Start(t)
	made := newClient(t, instance).createMany(1000)
	instance.Signal(syscall.SIGKILL)
	instance.Wait()

	c := newClient(t, service.Start(t))
	for id, want := range made {
		got := c.get(id)
		got.wantStatus(t, http.StatusOK)
		if got.body != want {
			t.Fatalf("%s is %s, want %s", id, got.body, want)
		}
	}
	if list := decode[[]item](t, c.get("/api/items?limit=1000")); len(list) != len(made) {
		t.Errorf("%d items in the list, want %d", len(list), len(made))
	}
}

// createMany makes n items at once. It returns their bodies by location.
func (c client) createMany(n int) map[string]string {
	c.t.Helper()
	var wg sync.WaitGroup
	answers := make([]answer, n)
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() {
			body, _ := json.Marshal(map[string]string{"name": strings.Repeat("x", 1+i%200)})
			request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.url+"/api/items", strings.NewReader(string(body)))
			if err != nil {
				errs[i] = err
				return
			}
			request.Header.Set("Content-Type", "application/json")
			answers[i], errs[i] = c.send(request)
		})
	}
	wg.Wait()

	made := make(map[string]string, n)
	for i, got := range answers {
		if errs[i] != nil {
			c.t.Fatal(errs[i])
		}
		got.wantStatus(c.t, http.StatusCreated)
		made[got.header.Get("Location")] = got.body
	}
	if len(made) != n {
		c.t.Fatalf("%d distinct ids, want %d", len(made), n)
	}
	return made
}

func stop(t *testing.T, instance Instance, signal syscall.Signal) {
	t.Helper()
	instance.Signal(signal)
	if status := instance.Wait(); status != 0 {
		t.Fatalf("exit status %d after %v, want 0", status, signal)
	}
}
