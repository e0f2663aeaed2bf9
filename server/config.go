package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"time"
)

// config is what a user sets, checked.
type config struct {
	addr            string        // host:port to listen on
	storePath       string        // of the database file, absolute
	logFormat       string        // "text" or "json"
	logLevel        slog.Level    // of the least important lines that are logged
	shutdownTimeout time.Duration // for requests in flight after a signal
	shutdownDelay   time.Duration // between the end of readiness and that of listening
}

// lookupEnv is os.LookupEnv, or a test's.
type lookupEnv func(name string) (string, bool)

// parseConfig reads the flags in args, and for those that are absent their
// environment variables. The error is flag.ErrHelp when args ask for help, and
// names the flag or variable otherwise.
func parseConfig(args []string, env lookupEnv, workDir string) (config, error) {
	c, store := defaults()
	flags := c.flags(&store)
	if err := setFromEnv(flags, env); err != nil {
		return config{}, err
	}
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	if flags.NArg() > 0 {
		return config{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if err := c.check(); err != nil {
		return config{}, err
	}
	path, err := storePath(store)
	if err != nil {
		return config{}, err
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(workDir, path)
	}
	c.storePath = path
	return c, nil
}

// defaults returns the configuration of a user who sets nothing, and its store.
// The shutdown timeout leaves time to close the store within the 10 s that
// docker stop grants.
func defaults() (c config, store string) {
	return config{addr: ":8080", logFormat: "text", shutdownTimeout: 8 * time.Second}, "bolt:items.db"
}

// flags returns the flags that set c and store.
func (c *config) flags(store *string) *flag.FlagSet {
	flags := flag.NewFlagSet("server", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the caller prints errors and help
	flags.StringVar(&c.addr, "addr", c.addr, "listen on `host:port`; no host means every address, port 0 a free one")
	flags.StringVar(store, "store", *store, "keep the items in `bolt:path`, a file that is made when it does not exist")
	flags.StringVar(&c.logFormat, "log-format", c.logFormat, "log lines in this `format`: text or json")
	flags.TextVar(&c.logLevel, "log-level", c.logLevel, "log lines of this `level` and above: debug, info, warn, error")
	flags.DurationVar(&c.shutdownTimeout, "shutdown-timeout", c.shutdownTimeout,
		"after SIGTERM or SIGINT, wait at most this `duration` for requests in flight")
	flags.DurationVar(&c.shutdownDelay, "shutdown-delay", c.shutdownDelay,
		"after SIGTERM or SIGINT, go on taking requests for this `duration` while /readyz answers 503,\nso that load balancers can turn away first")
	return flags
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

// check reports the first setting that makes no sense.
func (c *config) check() error {
	if err := checkAddr(c.addr); err != nil {
		return invalid("addr", c.addr, err.Error())
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
