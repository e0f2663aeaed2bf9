package main

import (
	"flag"
	"log/slog"
	"path/filepath"
	"strings"
	"time"
)

// config is what a user sets, checked. Its paths are absolute, or empty.
type config struct {
	addr            string        // host:port to listen on
	adminAddr       string        // host:port of what operators see, or empty
	store           storeConfig   // where the items are kept
	logFormat       string        // "text" or "json"
	logLevel        slog.Level    // of the least important lines that are logged
	accessLog       bool          // a line for each request, of level info
	shutdownTimeout time.Duration // for requests in flight after a signal
	shutdownDelay   time.Duration // between the end of readiness and that of listening
	requireIfMatch  bool          // of requests that change an item
	maxInFlight     int           // requests at once, or 0 for no limit
	corsOrigin      string        // origins, comma-separated, or "*", or empty
	writeTokenFile  string        // of the tokens that may write
	readTokenFile   string        // of the tokens that may read
	tlsCert         string        // of the certificate and its chain, in PEM
	tlsKey          string        // of the certificate's private key, in PEM
	h2c             bool          // HTTP/2 without TLS
}

// lookupEnv is os.LookupEnv, or a test's.
type lookupEnv func(name string) (string, bool)

// parseConfig reads the flags in args, and for those that are absent their
// environment variables. The error is flag.ErrHelp when args ask for help, and
// names the flag or variable otherwise.
func parseConfig(args []string, env lookupEnv, workDir string) (config, error) {
	c, store := defaults()
	flags := c.flags(&store)
	if err := parseFlags(flags, args, env); err != nil {
		return config{}, err
	}
	if flags.NArg() > 0 {
		return config{}, unexpected(flags.Arg(0))
	}
	if err := c.check(); err != nil {
		return config{}, err
	}
	at, err := parseStore(store, workDir)
	if err != nil {
		return config{}, err
	}
	c.store.location = at
	for _, path := range []*string{&c.writeTokenFile, &c.readTokenFile, &c.tlsCert, &c.tlsKey} {
		*path = absolute(*path, workDir)
	}
	return c, nil
}

// defaults returns the configuration of a user who sets nothing, and its store.
//
// The shutdown timeout leaves time to close the store within the 10 s that
// docker stop grants. The requests in flight are as many as one commit of the
// store carries, so that no write waits for two. Most hold some kilobytes, and a
// page of the largest items some megabytes.
func defaults() (c config, store string) {
	return config{addr: ":8080", store: defaultStore(), logFormat: "text", accessLog: true, shutdownTimeout: 8 * time.Second,
		maxInFlight: 1024}, "bolt:items.db"
}

// maxStreams returns how many exports, imports and large pages may run at once: a part
// of all requests, since each may go on for long, and hold up to 4 MiB.
func (c config) maxStreams() int {
	const share = 16
	return (c.maxInFlight + share - 1) / share
}

// tls reports whether the service encrypts its connections.
func (c config) tls() bool {
	return c.tlsCert != ""
}

// corsOrigins returns the origins whose pages may use the API.
func (c config) corsOrigins() []string {
	var origins []string
	for origin := range strings.SplitSeq(c.corsOrigin, ",") {
		if origin = strings.TrimSpace(origin); origin != "" {
			origins = append(origins, origin)
		}
	}
	return origins
}

// settings returns the values in force by the names of their flags. None of
// them is a secret: those are in files, but for the password of a database, which is left out.
func (c config) settings() map[string]string {
	values := make(map[string]string)
	store := c.store.location.String()
	c.flags(&store).VisitAll(func(f *flag.Flag) { values[f.Name] = f.DefValue })
	return values
}

// absolute returns path as seen from dir; the empty path stays empty.
func absolute(path, dir string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
