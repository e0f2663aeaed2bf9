package main

import (
	"context"
	"net"
	"net/http"
)

// endpoints are where the service listens, and the servers there.
type endpoints struct {
	public  net.Listener
	admin   net.Listener   // nil without -admin-addr
	servers []*http.Server // in the order in which they stop
	ended   chan error     // of a server that could not go on
}

// listenAll listens wherever c says.
func listenAll(c config) (*endpoints, error) {
	public, err := listen("addr", c.addr)
	if err != nil {
		return nil, err
	}
	e := &endpoints{public: public, ended: make(chan error, 2)}
	if c.adminAddr == "" {
		return e, nil
	}
	if e.admin, err = listen("admin-addr", c.adminAddr); err != nil {
		public.Close()
		return nil, err
	}
	return e, nil
}

// start lets a server serve on ln.
func (e *endpoints) start(server *http.Server, ln net.Listener) {
	e.servers = append(e.servers, server)
	go func() {
		if server.TLSConfig == nil {
			e.ended <- server.Serve(ln)
			return
		}
		e.ended <- server.ServeTLS(ln, "", "") // TLSConfig has the certificate
	}()
}

// shutdown stops one server after the other, so that what the service does is
// seen to the end. When ctx ends first, it cuts off the requests in flight.
func (e *endpoints) shutdown(ctx context.Context) error {
	for _, server := range e.servers {
		if err := server.Shutdown(ctx); err != nil {
			e.close()
			return err
		}
	}
	return nil
}

// close stops listening and cuts off all requests in flight.
func (e *endpoints) close() {
	for _, server := range e.servers {
		server.Close()
	}
	e.public.Close()
	if e.admin != nil {
		e.admin.Close()
	}
}
