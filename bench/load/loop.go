package load

import (
	"errors"
	"fmt"
	"net/netip"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// patience is that of a loop.
	patience = time.Minute
	// maxErrors is how many connections may break in a run.
	maxErrors = 1000
	// glance is how often a loop looks whether it should stop.
	glance = 50 * time.Millisecond
)

var (
	errSilent  = fmt.Errorf("a request was not answered within %v of the end", patience)
	errBroken  = fmt.Errorf("more than %d connections broke", maxErrors)
	errCutOff  = errors.New("the connection ended before the response")
	errTooMuch = errors.New("more came than a response")
)

// loop drives some connections on one thread: each sends its next request once
// the one before it is answered.
type loop struct {
	addr    netip.AddrPort
	poll    *poll
	conns   []conn
	buffer  []byte
	next    int // request
	end     int // request that is not sent
	waiting int // connections
	// patience is how long responses may take after the end of a run.
	patience time.Duration
	Result
}

// newLoop connects n times.
func newLoop(addr netip.AddrPort, n int) (*loop, error) {
	p, err := newPoll(n)
	if err != nil {
		return nil, err
	}
	l := &loop{addr: addr, poll: p, buffer: make([]byte, 64<<10), patience: patience}
	for range n {
		s, err := dial(addr)
		if err == nil {
			l.conns = append(l.conns, conn{socket: s})
			err = p.add(s, len(l.conns)-1)
		}
		if err != nil {
			l.close()
			return nil, err
		}
	}
	return l, nil
}

func (l *loop) close() {
	for _, c := range l.conns {
		c.socket.close()
	}
	l.poll.close()
}

// run sends requests, from number first to before number end, until the time is over or
// stop is set, and then waits for the responses that are due.
func (l *loop) run(requests *Requests, first, end int, lasts time.Duration, stop *atomic.Bool) error {
	begin := time.Now()
	l.Result, l.next, l.end, l.waiting = Result{}, first, end, 0
	for i := range l.conns {
		if err := l.send(i, requests); err != nil {
			return err
		}
	}
	for l.waiting > 0 {
		ready, err := l.poll.wait(glance)
		if err != nil {
			return err
		}
		past := time.Since(begin)
		if past > lasts+l.patience {
			return errSilent
		}
		if err := l.serve(ready, requests, past >= lasts || stop.Load()); err != nil {
			return err
		}
	}
	l.Elapsed = time.Since(begin)
	return nil
}

// serve reads what has come, and sends the next requests unless the run is over.
func (l *loop) serve(ready []syscall.EpollEvent, requests *Requests, over bool) error {
	for _, event := range ready {
		i := int(event.Fd)
		if err := l.receive(i); err != nil {
			return err
		}
		if l.conns[i].idle() && l.next < l.end && !over {
			if err := l.send(i, requests); err != nil {
				return err
			}
		}
	}
	return nil
}

// send sends the next request. A socket that has answered all before takes it whole; one
// that does not is broken.
func (l *loop) send(i int, requests *Requests) error {
	c := &l.conns[i]
	for {
		request := requests.at(l.next)
		l.next++
		l.waiting++
		c.response.reset()
		c.sent = time.Now()
		if n, errno := c.write(request); errno == 0 && n == len(request) {
			return nil
		}
		if err := l.broke(i); err != nil {
			return err
		}
	}
}

// receive reads from a connection, and counts the request that is answered by that.
func (l *loop) receive(i int) error {
	c := &l.conns[i]
	n, errno := c.read(l.buffer)
	if errno == syscall.EAGAIN || errno == syscall.EINTR {
		return nil
	}
	if c.idle() { // the server closes a connection that waits too long for a request
		return l.dialAgain(i)
	}
	if errno != 0 || c.take(l.buffer[:n]) != nil {
		return l.broke(i)
	}
	if c.response.state != complete {
		return nil
	}
	l.count(c)
	if c.response.last {
		return l.dialAgain(i)
	}
	return nil
}

// count counts an answered request.
func (l *loop) count(c *conn) {
	l.Latency.Record(time.Since(c.sent))
	l.Requests++
	if c.response.status < 200 || c.response.status > 299 {
		l.Refused++
	}
	l.waiting--
	c.sent = time.Time{}
}

// broke counts a request that gets no response, and connects again.
func (l *loop) broke(i int) error {
	if l.Errors++; l.Errors > maxErrors {
		return errBroken
	}
	l.waiting--
	l.conns[i].sent = time.Time{}
	return l.dialAgain(i)
}

// dialAgain puts a new socket in the place of one that takes no further request.
func (l *loop) dialAgain(i int) error {
	l.conns[i].close()
	s, err := dial(l.addr)
	if err != nil {
		l.conns[i].socket = -1
		return fmt.Errorf("connecting again: %w", err)
	}
	l.conns[i].socket = s
	return l.poll.add(s, i)
}
