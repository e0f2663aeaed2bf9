// Package logs writes what the service logs: what it says of itself at once, and
// the lines of requests off the path of these.
package logs

import (
	"io"
	"runtime"
	"sync"
	"time"
)

// room is the most bytes of lines that wait to be written: some 300 requests.
const room = 64 << 10

// patience is how long a file may take for a line once its Writer hurries.
const patience = time.Second

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
	hurried bool
	stuck   bool // whether nobody waits for the file
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
	for end := w.in; w.out < end && !w.stuck; {
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
	if w.closed && w.out == w.in { // run does no more
		_, _ = w.to.Write(line)
		return
	}
	for len(w.waiting) > 0 && len(w.waiting)+len(line) > room {
		if w.stuck {
			return
		}
		w.written.Wait()
	}
	if len(w.waiting) == 0 {
		w.given.Signal()
	}
	w.in += int64(len(line))
	w.waiting = append(w.waiting, line...)
}

// Hurry lets nobody wait any more for a file that takes longer than a second for a
// line: lines for which there is no room are lost while it does. It is for the end
// of a service, which must come whatever the reader of its log does.
func (w *Writer) Hurry() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.hurried {
		w.hurried = true
		go w.watch(w.in)
	}
}

// watch looks at each tick whether the file has taken what was given before the
// last one, of which due is the end.
func (w *Writer) watch(due int64) {
	tick := time.NewTicker(patience)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-w.ended:
			return
		}
		w.mu.Lock()
		w.stuck, due = w.out < due, w.in
		w.written.Broadcast()
		w.mu.Unlock()
	}
}

// Close hurries, and returns when all lines are written or the file is too slow
// for them. Lines that are given afterwards are written at once.
func (w *Writer) Close() error {
	w.Hurry()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.given.Signal()
	for w.out < w.in && !w.stuck {
		w.written.Wait()
	}
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
