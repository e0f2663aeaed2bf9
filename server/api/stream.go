package api

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// patience is how long the client of a stream may take for its next step: to send a
// line that is not blank, or to take results.
const patience = 30 * time.Second

// lingering is how long the server reads on from a client whose stream it has
// ended, so that the client hears of it before the connection closes.
const lingering = time.Second

// stream is a response, and a request, that go on for as long as both sides make
// progress, unlike others, whose time the server limits. At any time one deadline
// runs at the most, for what the stream waits for: HTTP/2 ends a stream whose
// deadline passes even while nobody waits.
type stream struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
}

// newStream takes away both deadlines that the server has set.
func newStream(w http.ResponseWriter, patience time.Duration) *stream {
	s := &stream{w, http.NewResponseController(w), patience}
	s.deadlines(time.Time{}, time.Time{})
	return s
}

// receive calls read, which waits until the given time for the client to send.
func (s *stream) receive(until time.Time, read func()) {
	s.deadlines(until, time.Time{})
	read()
	s.deadlines(time.Time{}, time.Time{})
}

// send calls write and sends what it writes at once.
func (s *stream) send(write func(io.Writer) error) error {
	s.deadlines(time.Time{}, time.Now().Add(s.patience))
	if err := write(s.w); err != nil {
		return err
	}
	if err := s.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	s.deadlines(time.Time{}, time.Time{})
	return nil
}

// end limits the time of what the server does once the operation has returned.
func (s *stream) end() {
	now := time.Now()
	s.deadlines(now.Add(lingering), now.Add(s.patience))
}

func (s *stream) deadlines(read, write time.Time) {
	_ = s.control.SetReadDeadline(read) // fails on a closed connection, as the next step will
	_ = s.control.SetWriteDeadline(write)
}
