package push

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"sync"
	"testing"
)

// proxy stands before a registry and notes each request.
type proxy struct {
	host string

	mu       sync.Mutex
	registry registry
	requests []string
	// before is called for each request, before the registry gets it.
	before func(request string)
}

// startProxy starts a proxy before a registry.
func startProxy(t *testing.T, r registry) *proxy {
	t.Helper()
	p := &proxy{registry: r, before: func(string) {}}
	server := httptest.NewServer(p.noting(&httputil.ReverseProxy{
		Rewrite: func(request *httputil.ProxyRequest) {
			request.SetURL(p.current().url)
			// The registry names itself in its answers as the client does.
			request.Out.Host = request.In.Host
		},
		// A registry that is gone answers nothing.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}))
	t.Cleanup(server.Close)
	p.host = strings.TrimPrefix(server.URL, "http://")
	return p
}

func (p *proxy) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := r.Method + " " + r.URL.Path
		p.mu.Lock()
		p.requests = append(p.requests, request)
		before := p.before
		p.mu.Unlock()
		before(request)
		next.ServeHTTP(w, r)
	})
}

func (p *proxy) current() registry {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.registry
}

// serve puts another registry behind the proxy, which from now on only notes.
func (p *proxy) serve(r registry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.registry, p.before = r, func(string) {}
}

// onRequest sets what is called for each request.
func (p *proxy) onRequest(before func(request string)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before = before
}

// take returns the requests since it was called last.
func (p *proxy) take() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	requests := p.requests
	p.requests = nil
	return requests
}
