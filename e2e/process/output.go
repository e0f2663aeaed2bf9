package process

import "sync"

// output keeps what a process writes, and tells when it writes.
type output struct {
	mu    sync.Mutex
	text  []byte
	write chan struct{} // closed at the next write
}

func newOutput() *output {
	return &output{write: make(chan struct{})}
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text = append(o.text, p...)
	close(o.write)
	o.write = make(chan struct{})
	return len(p), nil
}

// grown returns a channel that is closed when more is written.
func (o *output) grown() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.write
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.text)
}
