package round

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"example.com/multistage/bench/peer"
)

// TestMain is the tests, or the service that they measure: ADDR DATA serves.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "serve" {
		fmt.Fprintln(os.Stderr, serve(os.Args[2], os.Args[3]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// serve keeps a byte for each item in a file. It ends at SIGTERM.
func serve(addr, data string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	file, err := os.OpenFile(filepath.Join(data, "items"), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	server := &http.Server{Addr: addr, Handler: handler(file)}
	context.AfterFunc(ctx, func() { server.Close() })
	return server.ListenAndServe()
}

func handler(file *os.File) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
		if _, readErr := file.ReadAt(make([]byte, 1), id-1); errors.Join(err, readErr) != nil {
			http.NotFound(w, r)
		}
	})
	mux.HandleFunc("POST /broken", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	var writing sync.Mutex
	mux.HandleFunc("POST /items", func(w http.ResponseWriter, r *http.Request) {
		writing.Lock()
		defer writing.Unlock()
		_, err := io.CopyN(file, r.Body, 1)
		if errors.Join(err, file.Sync()) != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	return mux
}

// storing is a peer that stores items, and fixed one that does not.
func storing(name string) peer.Peer {
	p := fixed(name)
	p.Seed = func(_ context.Context, _, _, data string, n int) error {
		return os.WriteFile(filepath.Join(data, "items"), make([]byte, n), 0o600)
	}
	p.Requests = peer.Requests{
		Get: func(host string, id int) []byte {
			return fmt.Appendf(nil, "GET /items/%d HTTP/1.1\r\nHost: %s\r\n\r\n", id, host)
		},
		Create: func(host string, _ int) []byte {
			return fmt.Appendf(nil, "POST /items HTTP/1.1\r\nHost: %s\r\nContent-Length: 1\r\n\r\na", host)
		},
	}
	return p
}

func fixed(name string) peer.Peer {
	return peer.Peer{
		Name:  name,
		Build: func(context.Context, string) (string, error) { return os.Executable() },
		Args:  func(addr, data string) []string { return []string{"serve", addr, data} },
		Ready: "/ready",
		Requests: peer.Requests{Get: func(host string, _ int) []byte {
			return fmt.Appendf(nil, "GET /ready HTTP/1.1\r\nHost: %s\r\n\r\n", host)
		}},
	}
}
