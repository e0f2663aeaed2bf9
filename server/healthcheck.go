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
		return explainHealth(url, dialAddr(c.addr), err)
	}
	resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusOK:
		return nil
	case resp.StatusCode == http.StatusBadRequest && !c.tls(): // what Go's server says to plain HTTP where it encrypts
		return fmt.Errorf("%s answers %s: if the service uses TLS, give the health check %s too", url, resp.Status, tlsSettings)
	}
	return fmt.Errorf("%s answers %s: the service's log says why", url, resp.Status)
}

const tlsSettings = "-tls-cert and -tls-key (ITEMS_TLS_CERT and ITEMS_TLS_KEY)"

// explainHealth adds to an error of asking at url, on addr, what its user can do.
func explainHealth(url, addr string, err error) error {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("nothing listens on %s: start the service, or give the health check its address by -addr or %s",
			addr, envName("addr"))
	case errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Errorf("%s is asked with TLS, and the service there uses none: give both or neither %s", url, tlsSettings)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s does not answer within %v: the service's log may say why; or give the health check another address by -addr or %s",
			url, healthcheckTimeout, envName("addr"))
	}
	return fmt.Errorf("%w: give the health check the service's address by -addr or %s", err, envName("addr"))
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
