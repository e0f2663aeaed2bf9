package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
	"example.com/multistage/items/pgstore"
	"example.com/multistage/server/auth"
	"example.com/multistage/server/ops"
)

// worldKind says in which state a service is.
type worldKind string

const (
	plain    worldKind = ""
	slow     worldKind = "a body that takes too long"
	stopping worldKind = "the store is closed"
	draining worldKind = "it drains"
	broken   worldKind = "the store fails"
	full     worldKind = "the store is full"
	away     worldKind = "the store is away"
	outdated worldKind = "the schema of the database is older"
	running  worldKind = "the key is in use"
	tokened  worldKind = "it has tokens"
	strict   worldKind = "it requires If-Match"
	busy     worldKind = "it has enough to do"
)

// The tokens of the service that has some.
const (
	writeToken = "write-0123456789abcdef"
	readToken  = "read-0123456789abcdef"
)

// shortest is the time that the slow service gives a request: its body never ends,
// so that no time is too short.
const shortest = 20 * time.Millisecond

// world is a service with three items and its client.
type world struct {
	url    string
	client *http.Client
}

func newWorld(t *testing.T, kind worldKind) *world {
	t.Helper()
	store := inState(t, newStore(t), kind)
	log := slog.New(slog.DiscardHandler)
	p := parts{
		config:  config{requireIfMatch: kind == strict, maxInFlight: 1},
		store:   store,
		guard:   newGuard(t, kind),
		health:  ops.NewHealth(store, log, schemaReason),
		metrics: ops.NewMetrics(ops.Version{}),
		log:     log,
		conns:   newConns(),
	}
	server := httptest.NewUnstartedServer(newHandler(p))
	switch kind {
	case slow:
		server.Config.ReadTimeout = shortest
	case draining:
		p.health.Drain()
	}
	server.Start()
	t.Cleanup(server.Close)
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	w := &world{server.URL, &http.Client{Transport: transport}}
	if waiting, ok := p.store.(waitingStore); ok {
		w.occupy(t, waiting)
	}
	return w
}

// occupy sends a request that is being served until the test ends.
func (w *world) occupy(t *testing.T, store waitingStore) {
	t.Helper()
	var sent sync.WaitGroup
	req := request{method: http.MethodGet, target: "/api/items"}.http(t, w.url)
	sent.Go(func() {
		resp, err := w.client.Do(req)
		if err != nil {
			return // the test has ended
		}
		resp.Body.Close()
	})
	t.Cleanup(func() { close(store.release); sent.Wait() })
	<-store.entered
}

// newStore returns a real store with three items.
func newStore(t testing.TB) *boltstore.Store {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "items.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	_, err = store.CreateBatch(t.Context(), []items.Draft{
		{Name: "Green tea", Description: "Two boxes"}, {Name: "Black tea"}, {Name: "Coffee", Description: strings.Repeat("Beans\nand ground\t", 100)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// inState returns the store as the service of a kind has it.
func inState(t *testing.T, store items.Store, kind worldKind) items.Store {
	t.Helper()
	switch kind {
	case stopping:
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	case broken:
		fault := errors.New("input/output error")
		return fakeStore{store, fault, fault}
	case full:
		return fakeStore{store, nil, items.ErrFull}
	case away:
		return fakeStore{store, items.ErrUnavailable, items.ErrUnavailable}
	case outdated:
		older := fmt.Errorf("%w: %w", items.ErrUnavailable, pgstore.ErrSchemaOlder)
		return fakeStore{store, older, older}
	case busy:
		return waitingStore{store, make(chan struct{}), make(chan struct{})}
	case running:
		return fakeStore{store, nil, items.ErrKeyRunning}
	}
	return store
}

// newGuard returns the guard of a service of a kind, which only the one with tokens has
// given tokens.
func newGuard(t testing.TB, kind worldKind) *auth.Guard {
	t.Helper()
	var write, read string
	if kind == tokened {
		write, read = filepath.Join(t.TempDir(), "write"), filepath.Join(t.TempDir(), "read")
		for path, token := range map[string]string{write: writeToken, read: readToken} {
			if err := os.WriteFile(path, []byte(token+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	guard, err := auth.New(write, read, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return guard
}
