package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
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
	url := scheme(c.tls()) + "://" + dialAddr(c.addr) + "/readyz"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	// A transport of its own, since the default one asks the environment for a
	// proxy. It verifies no certificate: that names the host that clients know,
	// not this machine's own address, and the request tells nothing to whoever
	// else might listen here.
	client := http.Client{
		Transport: &http.Transport{
			DisableKeepAlives: true,
			TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	if err != nil {
		return explainHealth(err)
	}
	resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	remedy := "the service's log says why"
	if resp.StatusCode == http.StatusBadRequest && !c.tls() { // what Go's server says to plain HTTP where it encrypts
		remedy = "if the service uses TLS, give the health check " + tlsSettings + " too"
	}
	return fmt.Errorf("%s answers %s: %s", url, resp.Status, remedy)
}

const tlsSettings = "-tls-cert and -tls-key (ITEMS_TLS_CERT and ITEMS_TLS_KEY)"

// explainHealth adds to an error of asking, which names the address, what its user
// can do.
func explainHealth(err error) error {
	remedy := "give the health check the service's address by -addr or ITEMS_ADDR"
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		remedy = "nothing listens there: start the service, or " + remedy
	case errors.Is(err, http.ErrSchemeMismatch):
		remedy = "the service there uses no TLS: give both or neither " + tlsSettings
	case errors.Is(err, context.DeadlineExceeded):
		remedy = "no answer in time, of which the service's log may say why: or " + remedy
	}
	return fmt.Errorf("%w: %s", err, remedy)
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
