package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const window = 200 * time.Millisecond

// TestRun sends requests to a real server, which has seen what is counted.
func TestRun(t *testing.T) {
	var seen sync.Map
	var served atomic.Int64
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r.URL.Path, true)
		body, _ := io.ReadAll(r.Body)
		served.Add(1)
		if r.Method == http.MethodPost && string(body) != "draft" {
			w.WriteHeader(http.StatusBadRequest)
		}
		fmt.Fprint(w, strings.Repeat("a", 10_000)) // more than net/http measures: it comes in chunks
	})
	const paths = 10
	got := run(t, addr, 8, NewRequests(paths, func(i int) []byte {
		return fmt.Appendf(nil, "POST /%d HTTP/1.1\r\nHost: %s\r\nContent-Length: 5\r\n\r\ndraft", i, addr)
	}))
	if got.Requests != int(served.Load()) || got.Requests < paths || got.Refused != 0 || got.Errors != 0 {
		t.Errorf("%d requests, %d refused, %d errors; the server has seen %d", got.Requests, got.Refused, got.Errors, served.Load())
	}
	if got.Latency.total != uint64(got.Requests) || got.Elapsed < window || got.Rate() <= 0 {
		t.Errorf("%d latencies in %v, %v/s", got.Latency.total, got.Elapsed, got.Rate())
	}
	for i := range paths {
		if _, ok := seen.Load(fmt.Sprintf("/%d", i)); !ok {
			t.Errorf("request %d was not sent", i)
		}
	}
}

// TestPass holds that each request is sent once.
func TestPass(t *testing.T) {
	var mu sync.Mutex
	seen := make(map[string]int)
	addr := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen[r.URL.Path]++
	})
	const paths = 1000
	requests := NewRequests(paths, func(i int) []byte {
		return fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nHost: %s\r\n\r\n", i, addr)
	})
	got, err := connect(t, addr, 8).Pass(t.Context(), requests, time.Minute)
	mu.Lock()
	defer mu.Unlock()
	if err != nil || got.Requests != paths || len(seen) != paths {
		t.Errorf("%d requests of %d kinds, %v; want %d of each", got.Requests, len(seen), err, paths)
	}
}

func TestRunCountsWhatIsRefused(t *testing.T) {
	var n atomic.Int64
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1)%2 == 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	got := run(t, addr, 1, get(addr))
	if got.Refused != got.Requests/2 || got.Refused == 0 || got.Errors != 0 {
		t.Errorf("%d of %d refused, %d errors; want half", got.Refused, got.Requests, got.Errors)
	}
}

// TestRunConnectsAgain holds that a connection that was closed in good order is no error, and
// one that breaks is.
func TestRunConnectsAgain(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken bool
		close  func(w http.ResponseWriter)
	}{
		{"told", false, func(w http.ResponseWriter) { w.Header().Set("Connection", "close") }},
		{"broken", true, func(w http.ResponseWriter) { panic(http.ErrAbortHandler) }},
		{"answers more than was asked", true, answerTwice},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var n, closed atomic.Int64
			addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if n.Add(1)%50 == 0 {
					closed.Add(1)
					tt.close(w)
				}
			})
			got := run(t, addr, 2, get(addr))
			want := 0
			if tt.broken {
				want = int(closed.Load())
			}
			if closed.Load() == 0 || got.Errors != want || got.Requests != int(n.Load())-want {
				t.Errorf("%d requests and %d errors of %d, %d of them closed", got.Requests, got.Errors, n.Load(), closed.Load())
			}
		})
	}
}

// answerTwice sends two responses in one piece.
func answerTwice(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	io.WriteString(conn, strings.Repeat("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 2))
}

func TestRunGivesUp(t *testing.T) {
	hang := make(chan struct{})
	addr := serve(t, func(http.ResponseWriter, *http.Request) { <-hang })
	t.Cleanup(func() { close(hang) })
	load := connect(t, addr, 1)
	load.loops[0].patience = 0
	if _, err := load.Run(t.Context(), get(addr), window); !errors.Is(err, errSilent) {
		t.Errorf("got %v, want %v", err, errSilent)
	}
}

func TestRunOfAServerThatOnlyBreaks(t *testing.T) {
	addr := serve(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	if _, err := connect(t, addr, 1).Run(t.Context(), get(addr), time.Hour); !errors.Is(err, errBroken) {
		t.Errorf("got %v, want %v", err, errBroken)
	}
}

func TestRunOfAServerThatEnds(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	addr := server.Listener.Addr().String()
	load := connect(t, addr, 2)
	server.Close()
	if _, err := load.Run(t.Context(), get(addr), time.Hour); err == nil || !strings.Contains(err.Error(), "connecting again") {
		t.Errorf("got %v", err)
	}
}

func TestRunIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	addr := serve(t, func(http.ResponseWriter, *http.Request) { cancel() })
	if _, err := connect(t, addr, 1).Run(ctx, get(addr), time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestDialNobody(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if _, err := Dial(listener.Addr().String(), 1); err == nil {
		t.Error("got no error")
	}
}

// TestRunAllocatesNothing holds that the collector may be off while a run lasts.
func TestRunAllocatesNothing(t *testing.T) {
	listener := echo(t)
	load := connect(t, listener, 4)
	requests := get(listener)
	var stop atomic.Bool
	if n := testing.AllocsPerRun(3, func() { load.loops[0].run(requests, 0, math.MaxInt, window, &stop) }); n > 10 {
		t.Errorf("%v allocations in a run of %d requests", n, load.loops[0].Requests)
	}
}

// echo answers whatever it reads, and allocates nothing for it.
func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				buffer, answer := make([]byte, 1024), []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
				for {
					if _, err := conn.Read(buffer); err != nil {
						return
					}
					if _, err := conn.Write(answer); err != nil {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func get(addr string) *Requests {
	return NewRequests(1, func(int) []byte { return []byte("GET / HTTP/1.1\r\nHost: " + addr + "\r\n\r\n") })
}

// serve runs a server and returns its address.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func connect(t *testing.T, addr string, n int) *Load {
	t.Helper()
	load, err := Dial(addr, n)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(load.Close)
	return load
}

func run(t *testing.T, addr string, conns int, requests *Requests) *Result {
	t.Helper()
	got, err := connect(t, addr, conns).Run(t.Context(), requests, window)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
