package browser

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// gate stands between the page and its service, and lets a test decide what
// becomes of a request.
type gate struct {
	url   string
	next  http.Handler
	guard atomic.Pointer[guard]
}

// guard serves the requests of a method that reach the API of items.
type guard struct {
	method string
	serve  func(w http.ResponseWriter, r *http.Request, next http.Handler)
}

// newGate opens a gate to a service. It lets everything through.
func newGate(t *testing.T, s service) *gate {
	t.Helper()
	target, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{next: httputil.NewSingleHostReverseProxy(target)}
	server := httptest.NewServer(g)
	t.Cleanup(func() {
		server.CloseClientConnections() // whatever a failed test holds
		server.Close()
	})
	g.url = server.URL
	return g
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if guard := g.guard.Load(); guard != nil && r.Method == guard.method {
		guard.serve(w, r, g.next)
		return
	}
	g.next.ServeHTTP(w, r)
}

// set makes requests of a method go to serve, and open ends that.
func (g *gate) set(method string, serve func(http.ResponseWriter, *http.Request, http.Handler)) {
	g.guard.Store(&guard{method, serve})
}

func (g *gate) open() { g.guard.Store(nil) }

// loseAnswer lets the service do what it is asked for, and breaks the connection in
// the place of its answer.
func loseAnswer(_ http.ResponseWriter, r *http.Request, next http.Handler) {
	next.ServeHTTP(httptest.NewRecorder(), r)
	panic(http.ErrAbortHandler)
}

// turnstile lets requests through one by one, each when pass is called.
type turnstile struct {
	t    *testing.T
	came chan struct{}
	pass chan struct{}
}

func newTurnstile(t *testing.T) turnstile {
	return turnstile{t, make(chan struct{}, 100), make(chan struct{}, 100)}
}

func (s turnstile) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	s.came <- struct{}{}
	select {
	case <-s.pass:
		next.ServeHTTP(w, r)
	case <-r.Context().Done():
	case <-s.t.Context().Done():
	}
}

// serveTo is serve with an answer that was made before.
func (s turnstile) serveTo(answer func(http.ResponseWriter)) func(http.ResponseWriter, *http.Request, http.Handler) {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		s.serve(w, r, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
	}
}

// await waits until a request stands at the turnstile.
func (s turnstile) await() {
	s.t.Helper()
	select {
	case <-s.came:
	case <-time.After(patience):
		s.t.Fatal("no request comes")
	}
}

// answer answers every request with a status and Retry-After.
func answer(status int) func(http.ResponseWriter, *http.Request, http.Handler) {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(status)
	}
}
