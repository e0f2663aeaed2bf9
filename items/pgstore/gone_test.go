package pgstore_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// TestCreatorWhoGoes checks that a creation that can't be sent ends with its caller, and
// that its item is not made later.
func TestCreatorWhoGoes(t *testing.T) {
	server := start(t)
	url := migrated(t, server)
	s := opened(t, url, pgstore.Options{StatementTimeout: time.Minute})
	server.Stop()
	at, err := pgconn.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(at.Host, fmt.Sprint(at.Port)))
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, err := s.Create(ended, items.Draft{Name: "gone"})
		gone <- err
	}()
	conn, err := listener.Accept() // the store tries to send it
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	listener.Close()
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("Create of a caller who went away: %v", err)
	}
	server.Start()
	if item, err := s.Create(t.Context(), items.Draft{Name: "stays"}); err != nil || item.ID != 1 {
		t.Errorf("Create = %+v, %v; want the first item", item, err)
	}
}
