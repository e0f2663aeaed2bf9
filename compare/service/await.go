package service

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

const (
	// patience is how long a service may take until it is ready.
	patience = 30 * time.Second
	// between is the time between two questions whether a service is ready.
	between = 100 * time.Microsecond
)

// FreeAddress returns a loopback address that nothing listens on. Its host is one of 127.0.0.0/8 at random: two who
// ask at once, and listen later, do not get the same one.
func FreeAddress() (string, error) {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.%d.%d.%d:0", rand.N(256), rand.N(256), 1+rand.N(254)))
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// Await waits until a GET of a path is answered with 200, and returns when that answer was read. Where ctx
// ends before, it returns its cause. It returns a Broken after half a minute.
func Await(ctx context.Context, address, path string) (time.Time, error) {
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(between) {
		if ask(ctx, address, path) == nil {
			return time.Now(), nil
		}
		if ctx.Err() != nil {
			return time.Time{}, context.Cause(ctx)
		}
	}
	return time.Time{}, Broken(fmt.Sprintf("not ready after %v", patience))
}

// ask returns nil where a GET is answered with 200.
func ask(ctx context.Context, address, path string) error {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp4", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, address); err != nil {
		return err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return nil
}
