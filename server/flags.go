package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// flags returns the flags that set c and store.
func (c *config) flags(store *string) *flag.FlagSet {
	flags := newFlags("server")
	flags.StringVar(&c.addr, "addr", c.addr, "listen on `host:port`; no host means every address, port 0 a free one")
	storeFlag(flags, store, "keep the items in `bolt:path`, a file that is made when it does not exist, or in the database of a URL\n"+
		"like postgres://user@host/database; its password is best in PGPASSWORD, or in a file that PGPASSFILE names")
	c.store.flags(flags)
	flags.StringVar(&c.logFormat, "log-format", c.logFormat, "log lines in this `format`: text or json")
	flags.TextVar(&c.logLevel, "log-level", c.logLevel, "log lines of this `level` and above: debug, info, warn, error")
	flags.BoolVar(&c.accessLog, "access-log", c.accessLog, "log a line for each request, of level info")
	flags.DurationVar(&c.shutdownTimeout, "shutdown-timeout", c.shutdownTimeout,
		"after SIGTERM or SIGINT, wait at most this `duration` for requests in flight")
	flags.DurationVar(&c.shutdownDelay, "shutdown-delay", c.shutdownDelay,
		"after SIGTERM or SIGINT, go on taking requests for this `duration` while /readyz answers 503,\nso that load balancers can turn away first")
	c.apiFlags(flags)
	c.connectionFlags(flags)
	return flags
}

// apiFlags are about what requests may do.
func (c *config) apiFlags(flags *flag.FlagSet) {
	flags.BoolVar(&c.requireIfMatch, "require-if-match", c.requireIfMatch,
		"answer 428 to changes of an item that do not say by If-Match which version they change")
	flags.IntVar(&c.maxInFlight, "max-in-flight", c.maxInFlight,
		"answer 503 at once to more than this `number` of requests at a time, but for those of health and version;\n"+
			"0 for no limit. One commit of the store carries 1024 writes: with more, some wait for two")
	flags.StringVar(&c.corsOrigin, "cors-origin", c.corsOrigin,
		"let pages of these `origins` use the API, comma-separated like https://app.example, or * for all; empty for none")
	flags.StringVar(&c.writeTokenFile, "write-token-file", c.writeTokenFile,
		"refuse requests that write without one of the bearer tokens in this `file`, one a line; read again when it\n"+
			"changes; empty lets all write")
	flags.StringVar(&c.readTokenFile, "read-token-file", c.readTokenFile,
		"refuse requests that read without one of the tokens in this `file`, or one that may write; empty lets all read")
}

// connectionFlags are about how the service is reached.
func (c *config) connectionFlags(flags *flag.FlagSet) {
	flags.StringVar(&c.tlsCert, "tls-cert", c.tlsCert,
		"serve HTTPS with the certificate and its chain in this PEM `file`; read again when it changes; needs -tls-key")
	flags.StringVar(&c.tlsKey, "tls-key", c.tlsKey, "the private key of -tls-cert, in this PEM `file`")
	flags.BoolVar(&c.h2c, "h2c", c.h2c, "take HTTP/2 without TLS too, for a proxy in front that speaks it")
	flags.StringVar(&c.adminAddr, "admin-addr", c.adminAddr,
		"serve /metrics, /debug/pprof/, /debug/vars and /backup on `host:port` too; it knows neither tokens nor TLS,\n"+
			"so choose one that only operators reach, like 127.0.0.1:9090; empty for none")
}

// storeFlag adds the flag that sets store, of which usage says what it means to a command.
func storeFlag(flags *flag.FlagSet, store *string, usage string) {
	flags.StringVar(store, "store", *store, usage)
}

// newFlags returns no flags yet. The caller prints errors and help.
func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// parseFlags sets flags from the environment, then from args.
func parseFlags(flags *flag.FlagSet, args []string, env lookupEnv) error {
	sayWanted(flags)
	if err := setFromEnv(flags, env); err != nil {
		return err
	}
	return flags.Parse(args)
}

// envName returns the environment variable of a flag.
func envName(flagName string) string {
	return "ITEMS_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// setFromEnv sets each flag whose environment variable is there and not empty.
func setFromEnv(flags *flag.FlagSet, env lookupEnv) error {
	var firstErr error
	flags.VisitAll(func(f *flag.Flag) {
		value, _ := env(envName(f.Name))
		if value == "" || firstErr != nil {
			return
		}
		if err := f.Value.Set(value); err != nil {
			firstErr = fmt.Errorf("invalid value %q for %s: %w", value, envName(f.Name), err)
		}
	})
	return firstErr
}
