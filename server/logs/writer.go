// Package logs writes what the service logs: what it says of itself at once, and
// the lines of requests off the path of these.
package logs

import (
	"io"
	"runtime"
	"sync"
)

// room is the most bytes of lines that wait to be written: some 300 requests.
const room = 64 << 10

// Writer writes lines to a file in the order in which they are given, from a
// goroutine of its own. No timer runs: what waits is written as soon as the
// processors have nothing better to do, and all of it in one step. [NewWriter]
// makes one; it may be used by many goroutines at once.
//
// Lines that the file does not take are lost, as there is no one to tell.
type Writer struct {
	to    io.Writer
	ended chan struct{} // closed when run has returned

	mu      sync.Mutex
	given   sync.Cond // signalled when there are lines again, or no more will come
	written sync.Cond // broadcast when lines have been written
	waiting []byte    // lines that are not yet being written
	spare   []byte    // for waiting, when that is being written
	in, out int64     // bytes that were ever given, and written
	closed  bool
}

// NewWriter returns a writer of lines to the given file.
func NewWriter(to io.Writer) *Writer {
	w := &Writer{to: to, ended: make(chan struct{})}
	w.given.L, w.written.L = &w.mu, &w.mu
	go w.run()
	return w
}

// Write implements [io.Writer]. It returns when line and all before it are
// written.
func (w *Writer) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(line)
	for end := w.in; w.out < end; {
		w.written.Wait()
	}
	return len(line), nil
}

// Append takes a copy of line, to be written soon. It waits while there is no
// room, so that a file that takes lines slowly slows down who gives them, and no
// line is lost.
func (w *Writer) Append(line []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(line)
}

// add is Append under the lock. A line that alone is longer than the room gets it.
func (w *Writer) add(line []byte) {
	for len(w.waiting) > 0 && len(w.waiting)+len(line) > room {
		w.written.Wait()
	}
	if len(w.waiting) == 0 {
		w.given.Signal()
	}
	w.in += int64(len(line))
	w.waiting = append(w.waiting, line...)
	if w.closed {
		_, _ = w.to.Write(w.waiting)
		w.waiting, w.out = w.waiting[:0], w.in
	}
}

// Close returns when all lines are written. Those that are given afterwards are
// written at once.
func (w *Writer) Close() error {
	w.mu.Lock()
	w.closed = true
	w.given.Signal()
	w.mu.Unlock()
	<-w.ended
	return nil
}

func (w *Writer) run() {
	defer close(w.ended)
	for w.await() {
		runtime.Gosched() // requests that could go on add their lines first
		w.flush()
	}
}

// await waits for lines, and reports whether there are any.
func (w *Writer) await() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.waiting) == 0 && !w.closed {
		w.given.Wait()
	}
	return len(w.waiting) > 0
}

// flush writes the lines that wait.
func (w *Writer) flush() {
	w.mu.Lock()
	lines := w.waiting
	w.waiting = w.spare[:0]
	w.mu.Unlock()
	_, _ = w.to.Write(lines)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out += int64(len(lines))
	if w.spare = lines; cap(lines) > 2*room {
		w.spare = nil // one long line is no reason to keep so much memory
	}
	w.written.Broadcast()
}
