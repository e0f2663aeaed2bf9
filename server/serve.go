package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/multistage/items/boltstore"
	"example.com/multistage/server/ops"
)

// Limits of a connection, so that none holds the service's resources for long:
// a header must come within 5 s, a request within 30 s, its response must be
// taken within 40 s after its header, and the next request follow within 2 min.
// A response gets longer than a request, so that one that comes too slowly is
// answered.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 40 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 32 << 10
)

// serve serves until SIGTERM or SIGINT, or ctx ends, and returns when requests
// in flight have finished and the store is closed. A second signal ends the
// process at once.
func serve(ctx context.Context, c config, logTo io.Writer) (err error) {
	signal.Ignore(syscall.SIGPIPE) // a reader of the log that goes away ends nothing
	ctx, restoreSignals := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer restoreSignals()
	log := newLogger(c, logTo)

	ln, err := net.Listen("tcp", c.addr)
	if err != nil {
		return explainListen(c.addr, err)
	}
	defer ln.Close()
	store, err := boltstore.Open(c.storePath, boltstore.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()

	health := ops.NewHealth(store, log)
	server := newServer(newHandler(store, health, log), log)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	log.Info("listening", "addr", ln.Addr().String(), "url", pageURL(ln.Addr()), "store", "bolt:"+c.storePath,
		"version", version)

	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	restoreSignals()
	return drain(c, server, health, log)
}

// drain stops taking requests and waits for those in flight.
func drain(c config, server *http.Server, health *ops.Health, log *slog.Logger) error {
	health.Drain()
	log.Info("draining", "delay", c.shutdownDelay.String(), "timeout", c.shutdownTimeout.String())
	time.Sleep(c.shutdownDelay)
	ctx, cancel := context.WithTimeout(context.Background(), c.shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		server.Close()
		return fmt.Errorf("requests were still in flight %v after the signal and were cut off: "+
			"-shutdown-timeout gives them longer", c.shutdownDelay+c.shutdownTimeout)
	}
	log.Info("stopped")
	return nil
}

func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	silent := newSilentConns()
	server := &http.Server{
		Handler:           handler,
		ConnState:         silent.track,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(silent.hurry)
	return server
}

func newLogger(c config, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.logLevel}
	if c.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// explainListen adds to an error of listening on addr what its user can do.
func explainListen(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program listens on %s: stop it, or choose another address with -addr or ITEMS_ADDR", addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%w: choose a port above 1023 with -addr", err)
	}
	return fmt.Errorf("%w: choose another address with -addr", err)
}

// pageURL returns the address of the home page for a user of this machine.
func pageURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}
