package api

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/server/route"
)

// streaming is the API on a store behind a real server, whose log can be read when
// it is closed.
type streaming struct {
	*httptest.Server
	log *bytes.Buffer
}

// serve serves a store with a patience for streams. The server's own limits are
// shorter than all streams of the tests that wait.
func serve(t *testing.T, store items.Store, patience time.Duration) streaming {
	t.Helper()
	var log bytes.Buffer
	a := &api{store, slog.New(slog.NewTextHandler(&log, nil)), Options{}, patience}
	server := httptest.NewUnstartedServer(route.New(a.routes()))
	server.Config.ReadTimeout = 50 * time.Millisecond
	server.Config.WriteTimeout = 50 * time.Millisecond
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.Start()
	t.Cleanup(server.Close)
	return streaming{server, &log}
}

// logged returns the log once all requests have ended.
func (s streaming) logged() string {
	s.Close()
	return s.log.String()
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

// slow is a real store that takes its time for every call, longer than the limits
// of the server.
type slow struct{ items.Store }

func (s slow) wait(ctx context.Context) error {
	select {
	case <-time.After(120 * time.Millisecond):
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
