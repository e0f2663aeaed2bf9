package postgres

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// generator sends requests over connections that stay open, each the next one when the
// last is answered. It reads no more of an answer than it must, since it shares the
// machine with the service.
type generator struct {
	conns []*generatorConn
	// append appends a request, which the random numbers make another one each time.
	append func(b []byte, random *rand.Rand) []byte
	status string // that each answer must have
}

type generatorConn struct {
	conn    net.Conn
	in      *bufio.Reader
	random  *rand.Rand
	request []byte
}

// newGenerator connects to a service.
func newGenerator(b testing.TB, url string, conns int, status string, request func([]byte, *rand.Rand) []byte) *generator {
	b.Helper()
	g := &generator{append: request, status: " " + status + " "}
	for i := range conns {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		g.conns = append(g.conns, &generatorConn{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), random: rand.New(rand.NewPCG(1, uint64(i)))})
	}
	return g
}

// run sends for some time, and returns how many requests were answered until then.
func (g *generator) run(b testing.TB, length time.Duration) (answered int) {
	b.Helper()
	end := time.Now().Add(length)
	counts, errs := make([]int, len(g.conns)), make([]error, len(g.conns))
	var wg sync.WaitGroup
	for i, c := range g.conns {
		wg.Go(func() {
			for errs[i] == nil {
				if errs[i] = c.ask(g); time.Now().After(end) {
					return
				}
				counts[i]++
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		b.Fatal(err)
	}
	for _, count := range counts {
		answered += count
	}
	return answered
}

// ask sends one request, and reads the answer to its end.
func (c *generatorConn) ask(g *generator) error {
	c.request = g.append(c.request[:0], c.random)
	if _, err := c.conn.Write(c.request); err != nil {
		return err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.Contains(line, []byte(g.status)) {
		return fmt.Errorf("%q, want %s", line, g.status)
	}
	length := -1
	for len(line) > 2 {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return err
		}
		if value, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	if length < 0 {
		return errors.New("an answer without a length")
	}
	_, err = c.in.Discard(length)
	return err
}
