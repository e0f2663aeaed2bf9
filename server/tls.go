package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"time"

	"example.com/multistage/server/reload"
)

// newTLSConfig returns how the service encrypts, or nil without -tls-cert. The
// certificate and its key are read again when they change: those of a
// connection are the ones in force when it begins. Until ctx ends they are looked at
// now and then without a connection too. The clock is now.
func newTLSConfig(ctx context.Context, c config, log *slog.Logger, now func() time.Time) (*tls.Config, error) {
	if !c.tls() {
		return nil, nil
	}
	pair, err := reload.Open(parsePair, log, now, c.tlsCert, c.tlsKey)
	if err != nil {
		return nil, fmt.Errorf("-tls-cert and -tls-key: %w", err)
	}
	go pair.Watch(ctx)
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return pair.Get(), nil },
	}, nil
}

// parsePair parses a certificate, with the chain that follows it, and its key.
func parsePair(contents ...[]byte) (*tls.Certificate, error) {
	pair, err := tls.X509KeyPair(contents[0], contents[1])
	if err != nil {
		return nil, err
	}
	return &pair, nil
}
