package api

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/server/route"
)

// streaming is the API on a store behind a real server, whose log can be read when
// it is closed.
type streaming struct {
	*httptest.Server
	client   *http.Client
	log      *bytes.Buffer
	requests *sync.WaitGroup
	pipes    pipes
}

// limit is how long the server of the tests gives a request. Its response gets some
// more, and slow calls of a store take longer than both. In the bubbles of the tests
// they take no time.
const limit = time.Minute

// serve serves a store with a patience for streams.
func serve(t *testing.T, store items.Store, patience time.Duration) streaming {
	t.Helper()
	var log bytes.Buffer
	a := newAPI(store, slog.New(slog.NewTextHandler(&log, nil)), Options{})
	a.patience = patience
	handler := route.New(a.routes())
	var requests sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		defer requests.Done()
		handler.ServeHTTP(w, r)
	}))
	server.Listener.Close()
	pipes := newPipes()
	server.Listener = pipes
	server.Config.ReadTimeout = limit
	server.Config.WriteTimeout = limit + limit/2
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(server.Close)
	transport := &http.Transport{DialContext: pipes.dial}
	t.Cleanup(transport.CloseIdleConnections)
	return streaming{server, &http.Client{Transport: transport}, &log, &requests, pipes}
}

// inBothProtocols runs a test over HTTP/1.1 and over HTTP/2, in which deadlines and
// the ends of streams are other things. Each runs in a bubble, in which time passes
// only while all wait.
func inBothProtocols(t *testing.T, test func(t *testing.T, serve func(items.Store, time.Duration) streaming)) {
	for _, name := range []string{"HTTP/1.1", "HTTP/2"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			protocols := new(http.Protocols)
			protocols.SetHTTP1(name == "HTTP/1.1")
			protocols.SetUnencryptedHTTP2(name == "HTTP/2")
			synctest.Test(t, func(t *testing.T) {
				test(t, func(store items.Store, patience time.Duration) streaming {
					s := serve(t, store, patience)
					s.client.Transport.(*http.Transport).Protocols = protocols
					return s
				})
			})
		})
	}
}

// logged returns the log once all requests have ended.
func (s streaming) logged() string {
	s.Close()
	s.requests.Wait() // those of HTTP/2 outlive their connections
	return s.log.String()
}

// connect returns a connection to the server, for what no client sends.
func (s streaming) connect(t *testing.T) net.Conn {
	t.Helper()
	conn, err := s.pipes.dial(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// request makes a request whose headers are each "Name: value".
func (s streaming) request(t *testing.T, method, target string, headers ...string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+target, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Add(name, value)
	}
	return req
}

// slow is a real store that takes longer for every call than the server's limit.
type slow struct{ items.Store }

func (s slow) wait(ctx context.Context) error {
	select {
	case <-time.After(2 * limit):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slow) List(ctx context.Context, q items.Query) (items.Page, error) {
	if err := s.wait(ctx); err != nil {
		return items.Page{}, err
	}
	return s.Store.List(ctx, q)
}

func (s slow) CreateBatch(ctx context.Context, drafts []items.Draft) ([]items.Item, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	return s.Store.CreateBatch(ctx, drafts)
}
