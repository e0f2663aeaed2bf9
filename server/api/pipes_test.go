package api

import (
	"context"
	"net"
)

// pipes is a listener of connections in memory. Unlike those of the kernel, who
// waits for them lets the time of a bubble pass.
type pipes struct {
	conns  chan net.Conn
	ctx    context.Context // ends when the listener is closed
	cancel context.CancelFunc
}

func newPipes() pipes {
	ctx, cancel := context.WithCancel(context.Background())
	return pipes{make(chan net.Conn), ctx, cancel}
}

// dial connects to the listener, whatever the address.
func (p pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.ctx.Done():
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements [net.Listener].
func (p pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.ctx.Done():
		return nil, net.ErrClosed
	}
}

// Close implements [net.Listener].
func (p pipes) Close() error {
	p.cancel()
	return nil
}

// Addr implements [net.Listener].
func (pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }
