package service

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// TestAwait holds that answers other than 200, and connections that end without one, are not taken for ready.
func TestAwait(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch asked.Add(1) {
		case 1:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			panic(http.ErrAbortHandler)
		default:
			if r.URL.Path != "/readyz" {
				w.WriteHeader(http.StatusNotFound)
			}
		}
	}))
	defer server.Close()
	at, err := Await(t.Context(), server.Listener.Addr().String(), "/readyz")
	if err != nil || at.IsZero() || asked.Load() != 3 {
		t.Errorf("%v, %v after %d questions, want the third", at, err, asked.Load())
	}
}

// TestAwaitEnds holds that the cause of a context comes back, and not that it ended.
func TestAwaitEnds(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := Broken("ended before it answered")
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel(cause)
		<-r.Context().Done()
	}))
	defer server.Close()
	if _, err := Await(ctx, server.Listener.Addr().String(), "/"); !errors.Is(err, cause) {
		t.Errorf("%v, want %v", err, cause)
	}
}
