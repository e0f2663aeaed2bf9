package main

import (
	"net"
	"net/http"
	"testing"
)

// TestConns follows connections through the states that net/http gives them.
func TestConns(t *testing.T) {
	c := newConns()
	a, b := net.Pipe()
	for i, step := range []struct {
		conn         net.Conn
		state        http.ConnState
		open, silent int64
	}{
		{a, http.StateNew, 1, 1},
		{b, http.StateNew, 2, 2},
		{a, http.StateActive, 2, 1},
		{a, http.StateIdle, 2, 1},
		{a, http.StateActive, 2, 1},
		{b, http.StateClosed, 1, 0},
		{a, http.StateIdle, 1, 0},
		{a, http.StateActive, 1, 0},
		{a, http.StateHijacked, 0, 0},
	} {
		c.track(step.conn, step.state)
		if c.count() != step.open || c.known.Load() != step.silent || len(c.silent) != int(step.silent) {
			t.Errorf("step %d: %d open, %d silent, want %d, %d", i, c.count(), len(c.silent), step.open, step.silent)
		}
	}
}
