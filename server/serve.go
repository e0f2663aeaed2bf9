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
	"runtime"
	"syscall"
	"time"

	"example.com/multistage/server/auth"
	"example.com/multistage/server/logs"
	"example.com/multistage/server/ops"
)

// serve serves until SIGTERM or SIGINT, or ctx ends, and returns when requests
// in flight have finished and the store is closed. A second signal ends the
// process at once.
func serve(ctx context.Context, c config, logTo io.Writer) (err error) {
	signal.Ignore(syscall.SIGPIPE) // a reader of the log that goes away ends nothing
	ctx, restoreSignals := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer restoreSignals()
	lines := logs.NewWriter(logTo)
	defer lines.Close() // after all that logs
	log := newLogger(c, lines)
	warnStrays(os.Environ(), log)
	limitMemory(os.LookupEnv, os.DirFS("/"), log)
	defer runtime.KeepAlive(newBallast())

	encrypt, err := newTLSConfig(ctx, c, log, time.Now)
	if err != nil {
		return err
	}
	guard, err := auth.New(c.writeTokenFile, c.readTokenFile, log, time.Now)
	if err != nil {
		return err
	}
	guard.Watch(ctx)
	e, err := listenAll(c)
	if err != nil {
		return err
	}
	defer e.close()
	metrics := ops.NewMetrics(buildVersion())
	opened, err := c.store.open(metrics)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.store.Close()) }()
	if opened.migrate != nil {
		go keepMigrating(ctx, opened.migrate, log)
	}

	health := ops.NewHealth(opened.store, log, opened.reason)
	p := parts{c, opened.store, opened.backups, guard, health, metrics, log, newAccessLog(c, lines), newConns()}
	e.start(newPublicServer(c, newHandler(p), p.conns, encrypt, log), e.public)
	if e.admin != nil {
		e.start(newAdminServer(ctx, p), e.admin)
	}
	logListening(log, c, e)

	select {
	case err := <-e.ended:
		e.close()
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	restoreSignals()
	lines.Hurry()
	return drain(c, e, health, log)
}

// newAdminServer returns the server of operators. Profiles end with ctx.
func newAdminServer(ctx context.Context, p parts) *http.Server {
	vars := ops.Vars{Version: buildVersion(), Flags: p.config.settings(), Start: time.Now()}
	server := newServer(newAdminHandler(p, vars), newConns(), p.log)
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	return server
}

func logListening(log *slog.Logger, c config, e *endpoints) {
	attrs := []any{"addr", e.public.Addr().String(), "url", pageURL(e.public.Addr(), c.tls())}
	if e.admin != nil {
		attrs = append(attrs, "admin", e.admin.Addr().String())
	}
	log.Info("listening", append(attrs, "store", c.store.location.String(), "version", version)...)
}

// drain stops taking requests and waits for those in flight.
func drain(c config, e *endpoints, health *ops.Health, log *slog.Logger) error {
	health.Drain()
	log.Info("draining", "delay", c.shutdownDelay.String(), "timeout", c.shutdownTimeout.String())
	time.Sleep(c.shutdownDelay)
	ctx, cancel := context.WithTimeout(context.Background(), c.shutdownTimeout)
	defer cancel()
	if err := e.shutdown(ctx); err != nil {
		return fmt.Errorf("requests were still in flight %v after the signal and were cut off: "+
			"-shutdown-timeout gives them longer", c.shutdownDelay+c.shutdownTimeout)
	}
	log.Info("stopped")
	return nil
}

func newLogger(c config, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.logLevel}
	if c.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// newAccessLog returns the log of requests, or nil where it is not wanted.
func newAccessLog(c config, to *logs.Writer) *logs.Requests {
	if !c.accessLog || c.logLevel > slog.LevelInfo {
		return nil
	}
	return logs.NewRequests(to, c.logFormat == "json")
}
