package ops

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"example.com/multistage/server/route"
)

// pieces is a snapshot of some pieces of 32 KiB, as they are copied. The time that it
// is held and the error that ends it go to ended.
type pieces struct {
	n     int
	ended chan<- hold
}

type hold struct {
	took time.Duration
	err  error
}

const (
	pieceSize    = 32 << 10
	writeTimeout = 40 * time.Second // of the server, as the service sets it
)

func (p pieces) Snapshot(_ context.Context, take func(int64, io.WriterTo) error) error {
	begin := time.Now()
	err := take(int64(p.n*pieceSize), p)
	p.ended <- hold{time.Since(begin), err}
	return err
}

func (p pieces) WriteTo(w io.Writer) (written int64, err error) {
	for range p.n {
		n, err := w.Write(make([]byte, pieceSize))
		written += int64(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// oneConn is a listener that accepts one connection.
type oneConn struct{ conns chan net.Conn }

func (l oneConn) Accept() (net.Conn, error) {
	conn, ok := <-l.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return conn, nil
}
func (l oneConn) Close() error   { return nil }
func (l oneConn) Addr() net.Addr { return &net.TCPAddr{} }

// download asks for a backup and lets take read it. The connection has no buffer, and
// the time is the bubble's.
func download(t *testing.T, n int, take func(net.Conn)) hold {
	t.Helper()
	ended := make(chan hold, 1)
	ln := oneConn{make(chan net.Conn, 1)}
	log := slog.New(slog.DiscardHandler)
	server := &http.Server{
		Handler:      route.New(AdminRoutes(NewMetrics(Version{}), Vars{}, pieces{n, ended}, log)),
		WriteTimeout: writeTimeout,
		ErrorLog:     slog.NewLogLogger(log.Handler(), slog.LevelError),
	}
	go server.Serve(ln)
	defer server.Close()
	defer close(ln.conns)
	client, conn := net.Pipe()
	defer client.Close()
	ln.conns <- conn
	if _, err := fmt.Fprint(client, "GET /backup HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	take(client)
	return <-ended
}

// TestStuckBackupEnds checks that a client which takes no more of a backup holds the
// snapshot for no longer than it may.
func TestStuckBackupEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		held := download(t, 10, func(client net.Conn) {
			if _, err := io.ReadFull(client, make([]byte, 3*pieceSize)); err != nil {
				t.Fatal(err)
			}
		})
		if held.took != backupPatience || !errors.Is(held.err, os.ErrDeadlineExceeded) {
			t.Errorf("held for %v, %v; want %v", held.took, held.err, backupPatience)
		}
	})
}

// TestSlowBackupGoesOn checks that each piece that is taken gives the client more time,
// also beyond what the server gives other responses.
func TestSlowBackupGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		held := download(t, 10, func(client net.Conn) {
			for range 10 {
				time.Sleep(backupPatience / 3)
				if _, err := io.ReadFull(client, make([]byte, pieceSize)); err != nil {
					t.Error(err)
					return
				}
			}
			go io.Copy(io.Discard, client) // the header was read too, so that as much is left
		})
		if held.err != nil || held.took < 2*writeTimeout {
			t.Errorf("held for %v, %v", held.took, held.err)
		}
	})
}
