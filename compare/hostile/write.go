package hostile

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"time"

	"example.com/multistage/compare/service"
)

const (
	// writers is how many clients write at once.
	writers = 8
	// enough is how many items they have made when SIGTERM comes.
	enough = 50
)

// ledger is what a service has acknowledged: names of items by id.
type ledger map[int64]string

// in holds that a service has all items.
func (l ledger) in(there map[int64]string) error {
	for id, name := range l {
		if there[id] != name {
			return service.Broken("an item that it acknowledged is not there")
		}
	}
	return nil
}

// stopMidWrite ends a service while clients write all the time, and notes what it acknowledges.
func stopMidWrite(ctx context.Context, s *service.Service, made ledger) error {
	w := &writing{service: s, made: made, enough: make(chan struct{})}
	running, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	for n := range writers {
		wg.Go(func() { w.write(running, n) })
	}
	all := make(chan struct{})
	go func() {
		wg.Wait()
		close(all)
	}()
	defer func() { <-all }()
	defer cancel()
	select {
	case <-w.enough:
	case <-all:
		return w.failure
	}
	begin := time.Now()
	if err := s.Signal(ctx, syscall.SIGTERM); err != nil {
		return err
	}
	if err := ended(s.Ended(ctx, begin)); err != nil {
		return err
	}
	<-all
	return nil
}

// writing is clients that write.
type writing struct {
	service *service.Service

	mu      sync.Mutex
	made    ledger
	count   int
	enough  chan struct{}
	failure error // the first
}

// write makes items until the service makes no more.
func (w *writing) write(ctx context.Context, client int) {
	for n := 0; ; n++ {
		name := fmt.Sprintf("written by %d: %d", client, n)
		item, err := w.service.Create(ctx, name)
		if !w.note(item.ID, name, err) {
			return
		}
	}
}

// note notes an answer. It returns false where there will be no other.
func (w *writing) note(id int64, name string, err error) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		if w.failure == nil {
			w.failure = err
		}
		return false
	}
	w.made[id] = name
	if w.count++; w.count == enough {
		close(w.enough)
	}
	return true
}
