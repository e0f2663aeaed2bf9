package postgres

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// load is clients that read and write at a constant rate, and what went wrong for them.
type load struct {
	service client
	stop    chan struct{}
	clients sync.WaitGroup

	mu       sync.Mutex
	requests int
	failures []string
}

// The load: so many clients, each with a request in each pause unless the one before
// is still running.
const (
	loadClients = 8
	loadPause   = 5 * time.Millisecond
)

// startLoad starts the clients. They go on until end.
func startLoad(service client) *load {
	l := &load{service: service, stop: make(chan struct{})}
	for i := range loadClients {
		l.clients.Go(func() { l.run(fmt.Sprintf("load %d", i)) })
	}
	return l
}

// end waits for the last requests. It returns how many there were, and fails the test
// for each that was not answered as it should be.
func (l *load) end(t testing.TB) int {
	t.Helper()
	close(l.stop)
	l.clients.Wait()
	for i, failure := range l.failures {
		if i == 10 {
			t.Errorf("and so on: %d of %d requests failed", len(l.failures), l.requests)
			break
		}
		t.Error(failure)
	}
	return l.requests
}

// run creates, reads, changes and deletes items, over and over.
func (l *load) run(name string) {
	tick := time.NewTicker(loadPause)
	defer tick.Stop()
	var path string
	for i := 0; ; i++ {
		select {
		case <-tick.C:
		case <-l.stop:
			return
		}
		switch i % 6 {
		case 0:
			path = l.ask(http.StatusCreated, http.MethodPost, "/api/items", `{"name":"`+name+`"}`,
				"Content-Type", "application/json").Get("Location")
		case 1:
			l.ask(http.StatusOK, http.MethodGet, path, "") // by any replica
		case 2:
			l.ask(http.StatusOK, http.MethodPatch, path, `{"description":"changed"}`,
				"Content-Type", "application/merge-patch+json", "If-Match", `"1"`)
		case 3:
			l.ask(http.StatusOK, http.MethodGet, "/api/items?limit=10", "")
		case 4:
			l.ask(http.StatusCreated, http.MethodPost, "/api/items", `{"name":"`+name+`"}`,
				"Content-Type", "application/json", "Idempotency-Key", fmt.Sprintf("%s-%d", name[5:], i))
		case 5:
			l.ask(http.StatusNoContent, http.MethodDelete, path, "", "If-Match", `"2"`)
		}
	}
}

// ask makes a request that is to be answered with a status, and notes where it is not.
func (l *load) ask(status int, method, path, body string, headers ...string) http.Header {
	got, err := l.service.do(method, path, body, headers...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
	if err != nil {
		l.failures = append(l.failures, err.Error())
	} else if got.status != status {
		l.failures = append(l.failures, fmt.Sprintf("%s %s: status %d, want %d: %s", method, path, got.status, status, got.body))
	}
	return got.header
}
