package main

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// silentGrace is how long a connection that has sent no request may still send
// one when the server drains.
const silentGrace = 200 * time.Millisecond

// conns are the connections of a server. Those that have not sent a request yet,
// such as browsers open in advance, are known one by one: [http.Server.Shutdown]
// would wait 5 s for them.
type conns struct {
	open atomic.Int64

	known  atomic.Int64 // how many are silent
	mu     sync.Mutex
	silent map[net.Conn]bool
}

func newConns() *conns {
	return &conns{silent: make(map[net.Conn]bool)}
}

// track is an [http.Server.ConnState] hook.
func (c *conns) track(conn net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		c.open.Add(1)
	case http.StateClosed, http.StateHijacked:
		c.open.Add(-1)
	case http.StateIdle: // a request came before
		return
	}
	if state != http.StateNew && c.known.Load() == 0 {
		return // as for nearly every request
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateNew {
		c.silent[conn] = true
	} else {
		delete(c.silent, conn)
	}
	c.known.Store(int64(len(c.silent)))
}

// count returns how many connections there are.
func (c *conns) count() int64 { return c.open.Load() }

// hurry ends each connection that goes on to be silent. A request that comes yet
// is read, and from then on net/http's own limits hold.
func (c *conns) hurry() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.silent {
		_ = conn.SetReadDeadline(time.Now().Add(silentGrace))
	}
}
