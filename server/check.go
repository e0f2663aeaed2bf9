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
	if err := c.store.check(); err != nil {
		return err
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

// unexpected is the error for an argument where none is wanted, such as a store that
// is named without -store.
func unexpected(arg string) error {
	return fmt.Errorf("unexpected argument %q", tellable(arg))
}

// tellable returns a text that is refused, or of one that may hold a password, as the
// URL of a database may, no more than how it begins.
func tellable(text string) string {
	if !strings.Contains(text, "@") && !strings.Contains(text, "password") {
		return text
	}
	return text[:max(0, strings.IndexAny(text, ":= "))] + "..."
}

// invalid is the error for the value of a flag, wherever it was set.
func invalid(flagName string, value any, want string) error {
	return fmt.Errorf("invalid value %q for -%s or %s: %s", fmt.Sprint(value), flagName, envName(flagName), want)
}
