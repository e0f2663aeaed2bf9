package main

import (
	"fmt"
	"net"
	"strings"

	"example.com/multistage/server/wrap"
)

// check reports the first setting that makes no sense.
func (c *config) check() error {
	if err := checkAddr(c.addr); err != nil {
		return invalid("addr", c.addr, err.Error())
	}
	if c.adminAddr != "" {
		if err := checkAddr(c.adminAddr); err != nil {
			return invalid("admin-addr", c.adminAddr, err.Error())
		}
	}
	if c.logFormat != "text" && c.logFormat != "json" {
		return invalid("log-format", c.logFormat, "want text or json")
	}
	if c.shutdownTimeout <= 0 {
		return invalid("shutdown-timeout", c.shutdownTimeout, "want more than 0s")
	}
	if c.shutdownDelay < 0 {
		return invalid("shutdown-delay", c.shutdownDelay, "want 0s or more")
	}
	if c.maxInFlight < 0 {
		return invalid("max-in-flight", c.maxInFlight, "want 1 or more, or 0 for no limit")
	}
	for _, origin := range c.corsOrigins() {
		if err := wrap.CheckOrigin(origin); err != nil {
			return invalid("cors-origin", c.corsOrigin, err.Error())
		}
	}
	if c.readTokenFile != "" && c.writeTokenFile == "" {
		return invalid("read-token-file", c.readTokenFile, "all may write without -write-token-file or "+envName("write-token-file"))
	}
	return c.checkTLS()
}

func (c *config) checkTLS() error {
	switch {
	case c.tlsCert != "" && c.tlsKey == "":
		return invalid("tls-cert", c.tlsCert, "it needs its key, by -tls-key or "+envName("tls-key"))
	case c.tlsCert == "" && c.tlsKey != "":
		return invalid("tls-key", c.tlsKey, "it needs its certificate, by -tls-cert or "+envName("tls-cert"))
	case c.tls() && c.h2c:
		return invalid("h2c", c.h2c, "it is HTTP/2 without TLS; with -tls-cert HTTP/2 is there already")
	}
	return nil
}

func checkAddr(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("want host:port, like :8080 or 127.0.0.1:8080")
	}
	if _, err := net.LookupPort("tcp", port); err != nil || port == "" {
		return fmt.Errorf("the port must be a number from 0 to 65535")
	}
	return nil
}

// storePath returns the path of a -store value.
func storePath(store string) (string, error) {
	path, ok := strings.CutPrefix(store, "bolt:")
	if !ok || path == "" || strings.HasPrefix(path, "//") { // a URL, by mistake
		return "", invalid("store", store, "want bolt:path, like bolt:items.db")
	}
	return path, nil
}

// invalid is the error for the value of a flag, wherever it was set.
func invalid(flagName string, value any, want string) error {
	return fmt.Errorf("invalid value %q for -%s or %s: %s", fmt.Sprint(value), flagName, envName(flagName), want)
}
