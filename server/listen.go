package main

import (
	"errors"
	"fmt"
	"net"
	"syscall"
)

// listen listens on addr, the value of a flag.
func listen(flagName, addr string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, explainListen(flagName, addr, err)
	}
	return ln, nil
}

// explainListen adds to an error of listening on addr what its user can do.
func explainListen(flagName, addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program listens on %s: stop it, or choose another address with -%s or %s",
			addr, flagName, envName(flagName))
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%w: choose a port above 1023 with -%s or %s", err, flagName, envName(flagName))
	}
	return fmt.Errorf("%w: choose another address with -%s or %s", err, flagName, envName(flagName))
}

// pageURL returns the address of the home page for a user of this machine.
func pageURL(addr net.Addr, tls bool) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme(tls) + "://" + net.JoinHostPort(host, port) + "/"
}

func scheme(tls bool) string {
	if tls {
		return "https"
	}
	return "http"
}
