package postgres

import (
	"fmt"
	"io"
	"net"
	"sync"
	"testing"

	"example.com/multistage/items/pgstore/pgtest"
)

// link is a fake network between a service and a node: a TCP proxy on loopback that can
// be cut, so that connections end and are refused, and stalled, so that they are made
// and nothing passes.
type link struct {
	t        testing.TB
	port, to int

	mu       sync.Mutex
	listener net.Listener // nil while it is cut
	open     map[net.Conn]bool
	flows    chan struct{} // closed while it is not stalled
	pumps    sync.WaitGroup
}

func newLink(t testing.TB, to int) *link {
	l := &link{t: t, port: pgtest.FreePort(t), to: to, open: make(map[net.Conn]bool), flows: make(chan struct{})}
	close(l.flows)
	l.mend()
	t.Cleanup(func() {
		l.cut()
		l.pumps.Wait()
	})
	return l
}

// cut ends all connections, and refuses others.
func (l *link) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.listener != nil {
		l.listener.Close()
		l.listener = nil
	}
	for conn := range l.open {
		conn.Close()
	}
	select {
	case <-l.flows:
	default:
		close(l.flows)
	}
}

// stall lets nothing pass.
func (l *link) stall() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flows = make(chan struct{})
}

// mend lets all pass again.
func (l *link) mend() {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.flows:
	default:
		close(l.flows)
	}
	if l.listener != nil {
		return
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", l.port))
	if err != nil {
		l.t.Fatal(err)
	}
	l.listener = listener
	l.pumps.Go(func() { l.accept(listener) })
}

func (l *link) accept(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", l.to))
		if err != nil {
			near.Close()
			continue
		}
		l.mu.Lock()
		if l.listener != listener { // cut meanwhile
			near.Close()
			far.Close()
		}
		l.open[near], l.open[far] = true, true
		l.mu.Unlock()
		l.pumps.Go(func() { l.pump(near, far) })
		l.pumps.Go(func() { l.pump(far, near) })
	}
}

// pump passes on what comes, until one side ends.
func (l *link) pump(from, to net.Conn) {
	io.Copy(gate{l, to}, from)
	from.Close()
	to.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, from)
	delete(l.open, to)
}

// gate is a connection to which nothing passes while its link is stalled.
type gate struct {
	link *link
	to   net.Conn
}

func (g gate) Write(p []byte) (int, error) {
	g.link.mu.Lock()
	flows := g.link.flows
	g.link.mu.Unlock()
	<-flows
	return g.to.Write(p)
}
