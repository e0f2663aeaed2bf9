package postgres

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// probe asks again and again whether a service is ready.
type probe struct {
	stop          chan struct{}
	asking        sync.WaitGroup
	asked, failed atomic.Int64
}

// probePause is much shorter than any drain, which it is to notice.
const probePause = 20 * time.Millisecond

// startProbe has two ask, each after pauses of random length: whoever asks at a
// constant rate beside others who do may have nginx ask the same replica each time.
func startProbe(service client) *probe {
	p := &probe{stop: make(chan struct{})}
	for range 2 {
		p.asking.Go(func() {
			for {
				select {
				case <-time.After(rand.N(2 * probePause)):
				case <-p.stop:
					return
				}
				p.asked.Add(1)
				if service.status("/readyz") != 200 {
					p.failed.Add(1)
				}
			}
		})
	}
	return p
}

// end fails the test where the service was not ready all the while.
func (p *probe) end(t testing.TB) {
	t.Helper()
	close(p.stop)
	p.asking.Wait()
	if failed := p.failed.Load(); failed > 0 {
		t.Errorf("not ready %d of %d times", failed, p.asked.Load())
	}
}
