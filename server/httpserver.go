package main

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"time"
)

// Limits of a connection, so that none holds the service's resources for long:
// a header must come within 5 s, a request within 30 s, its response must be
// taken within 40 s after its header, and the next request follow within 2 min.
// A response gets longer than a request, so that one that comes too slowly is
// answered. Over HTTP/2 these hold for each of at most 100 requests at a time,
// the number that RFC 9113, 6.5.2, recommends at least, and a client that takes
// nothing of what waits for it is cut off.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 40 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 32 << 10

	maxConcurrentStreams = 100
)

// newPublicServer returns the server of what c says: encrypted where encrypt is
// not nil, or of HTTP/2 without that where it is wanted.
func newPublicServer(c config, handler http.Handler, conns *conns, encrypt *tls.Config, log *slog.Logger) *http.Server {
	server := newServer(handler, conns, log)
	server.TLSConfig = encrypt
	server.Protocols.SetUnencryptedHTTP2(c.h2c)
	return server
}

// newServer returns a server of HTTP/1.1, and with TLS of HTTP/2.
func newServer(handler http.Handler, conns *conns, log *slog.Logger) *http.Server {
	server := &http.Server{
		Handler:           handler,
		ConnState:         conns.track,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		Protocols:         new(http.Protocols),
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: maxConcurrentStreams, WriteByteTimeout: writeTimeout},
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetHTTP2(true)
	server.RegisterOnShutdown(conns.hurry)
	return server
}
