// Package load sends HTTP/1.1 requests over connections that stay open, and measures
// how they are answered.
//
// The load is closed: a connection sends its next request when the one before it is
// answered, so that a slower server gets fewer requests. It uses one thread for every
// four processors, allocates nothing while it runs, and keeps the garbage collector
// off meanwhile: it can share a process with whatever waits for it. Linux only.
package load

import (
	"context"
	"fmt"
	"math"
	"net/netip"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Load is open connections to a server.
type Load struct {
	loops []*loop
}

// Dial connects n times, at least once, to an IPv4 address with a port.
func Dial(addr string, n int) (*Load, error) {
	to, err := netip.ParseAddrPort(addr)
	if err != nil {
		return nil, err
	}
	l := &Load{}
	threads := min(max(runtime.NumCPU()/4, 1), n)
	for i := range threads {
		one, err := newLoop(to, n*(i+1)/threads-n*i/threads)
		if err != nil {
			l.Close()
			return nil, fmt.Errorf("connecting to %s: %w", addr, err)
		}
		l.loops = append(l.loops, one)
	}
	return l, nil
}

// Close closes the connections.
func (l *Load) Close() {
	for _, one := range l.loops {
		one.close()
	}
}

// Run sends requests for some time, then waits for those in flight: every request
// that it counts begins and ends within it. It returns an error where a request gets
// no response within a minute of the end, where connections break a thousand times, where
// no new one can be made, and the context's where that ends first.
func (l *Load) Run(ctx context.Context, requests *Requests, lasts time.Duration) (*Result, error) {
	return l.run(ctx, requests, lasts, math.MaxInt)
}

// Pass is Run, but that it sends each request once, and ends before that only when the longest
// time is over. Where there are fewer requests than connections, some are sent again.
func (l *Load) Pass(ctx context.Context, requests *Requests, longest time.Duration) (*Result, error) {
	return l.run(ctx, requests, longest, len(requests.ends))
}

// run sends at most a number of requests, shared by the loops.
func (l *Load) run(ctx context.Context, requests *Requests, lasts time.Duration, most int) (*Result, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var stop atomic.Bool
	defer context.AfterFunc(ctx, func() { stop.Store(true) })()

	before := usedCPU()
	errs := make([]error, len(l.loops))
	var running sync.WaitGroup
	for i, one := range l.loops {
		running.Go(func() {
			first, end := len(requests.ends)*i/len(l.loops), math.MaxInt
			if most < end {
				end = most * (i + 1) / len(l.loops)
			}
			errs[i] = one.run(requests, first, end, lasts, &stop)
		})
	}
	running.Wait()
	sum := &Result{CPU: usedCPU() - before}
	for i, one := range l.loops {
		if errs[i] != nil {
			return nil, errs[i]
		}
		sum.add(&one.Result)
	}
	return sum, ctx.Err()
}

// usedCPU returns what this process has used so far.
func usedCPU() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
