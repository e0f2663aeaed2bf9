package main

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// silentGrace is how long a connection that has sent no request may still send
// one when the server drains.
const silentGrace = 200 * time.Millisecond

// silentConns are the connections that have not sent a request yet, such as
// browsers open in advance. [http.Server.Shutdown] would wait 5 s for them.
type silentConns struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func newSilentConns() *silentConns {
	return &silentConns{conns: make(map[net.Conn]bool)}
}

// track is an [http.Server.ConnState] hook.
func (s *silentConns) track(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if state == http.StateNew {
		s.conns[c] = true
	} else {
		delete(s.conns, c)
	}
}

// hurry ends each connection that goes on to be silent. A request that comes yet
// is read, and from then on net/http's own limits hold.
func (s *silentConns) hurry() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		_ = c.SetReadDeadline(time.Now().Add(silentGrace))
	}
}
