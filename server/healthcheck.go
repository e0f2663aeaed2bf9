package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"
)

// healthcheckTimeout bounds the whole of a health check. It is less than what the
// images allow one, 3 s, so that the line that says why is still written.
const healthcheckTimeout = 2 * time.Second

// healthcheck asks the server that c sets up whether it is ready.
func healthcheck(ctx context.Context, c config) error {
	ctx, cancel := context.WithTimeout(ctx, healthcheckTimeout)
	defer cancel()
	addr := dialAddr(c.addr)
	url := scheme(c.tls()) + "://" + addr + "/readyz"
	status, err := askReady(ctx, addr, c.tls())
	if err != nil {
		return explainHealth(fmt.Errorf("GET %s: %w", url, err))
	}
	if status == http.StatusOK {
		return nil
	}
	remedy := "the service's log says why"
	if status == http.StatusBadRequest && !c.tls() { // what Go's server says to plain HTTP where it encrypts
		remedy = "if the service uses TLS, give the health check " + tlsSettings + " too"
	}
	return fmt.Errorf("%s answers %d %s: %s", url, status, http.StatusText(status), remedy)
}

// askReady returns the status that the server at addr answers to GET /readyz. It
// writes the request itself: an http.Client, which nothing else here needs, makes
// the binary larger by 0.44 MB.
func askReady(ctx context.Context, addr string, encrypted bool) (status int, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		conn.SetDeadline(deadline)
	}
	if encrypted {
		// It verifies no certificate: that names the host that clients know, not this
		// machine's own address, and the request tells nothing to whoever else might
		// listen here.
		conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
	}
	if _, err := fmt.Fprintf(conn, "GET /readyz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", addr); err != nil {
		return 0, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

const tlsSettings = "-tls-cert and -tls-key (ITEMS_TLS_CERT and ITEMS_TLS_KEY)"

// explainHealth adds to an error of asking, which names the address, what its user
// can do.
func explainHealth(err error) error {
	remedy := "give the health check the service's address by -addr or ITEMS_ADDR"
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		remedy = "nothing listens there: start the service, or " + remedy
	case isPlain(err):
		remedy = "the service there uses no TLS: give both or neither " + tlsSettings
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded):
		remedy = "no answer in time, of which the service's log may say why: or " + remedy
	}
	return fmt.Errorf("%w: %s", err, remedy)
}

// isPlain reports whether err is that of a TLS client whose server answered in plain
// HTTP.
func isPlain(err error) bool {
	header, ok := errors.AsType[tls.RecordHeaderError](err)
	return ok && string(header.RecordHeader[:]) == "HTTP/"
}

// dialAddr returns the address at which a server that listens on addr is
// reached from the same machine.
func dialAddr(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	switch host {
	case "", "0.0.0.0":
		host = "127.0.0.1"
	case "::":
		host = "::1"
	}
	return net.JoinHostPort(host, port)
}
