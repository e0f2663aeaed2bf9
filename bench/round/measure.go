package round

import (
	"context"
	"math"
	"path/filepath"
	"runtime"
	"time"

	"example.com/multistage/bench/load"
	"example.com/multistage/bench/probe"
	"example.com/multistage/bench/result"
)

const (
	// Idle is the share of its processors that an idle machine may be busy with.
	Idle = 0.05
	// settle is how long a service is left alone before its idleness is measured.
	settle = 500 * time.Millisecond
)

// measure lets a contender do work. It returns nothing where the contender can't do it.
func (r *Runner) measure(ctx context.Context, c contender, n int, work Work) (map[string]float64, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	requests := work.build(c.Requests, addr, n)
	if requests == nil && work.connections > 0 {
		return nil, nil
	}
	dir, err := r.directory(ctx, c, n)
	if err != nil {
		return nil, err
	}
	end := r.during("waiting for a machine that is idle")
	busy, err := probe.WaitIdle(ctx, Idle, r.plan.Patience)
	end()
	if err != nil {
		return nil, err
	}
	if work.Name == startWork {
		return r.timeStarts(ctx, c, addr, dir, busy)
	}
	s, err := r.start(ctx, c, addr, dir)
	if err != nil {
		return nil, err
	}
	values := map[string]float64{"busy": busy}
	if work.Name == idleWork {
		err = r.watchIdle(ctx, s, values)
	} else {
		err = r.underLoad(ctx, s, c, addr, n, requests, work, values)
	}
	if d := r.data[c.key(n)]; d != nil {
		// The warm-up creates too, and counts as if it were as fast.
		scale := 1 + r.plan.WarmUp.Seconds()/r.plan.Duration.Seconds()
		d.created += work.creates * values["requests"] * scale
		if err != nil { // how many it created is not known
			d.created = math.Inf(1)
		}
	}
	if stopErr := s.stop(); err == nil {
		err = stopErr
	}
	return values, err
}

// directory returns where a contender has its items, or may keep what it likes.
func (r *Runner) directory(ctx context.Context, c contender, n int) (string, error) {
	if d := r.data[c.key(n)]; d != nil {
		defer r.during("copying " + result.FormatItems(n) + " items")()
		return d.live, d.renew(ctx)
	}
	return filepath.Join(r.dir, "data"), nil
}

func (r *Runner) start(ctx context.Context, c contender, addr, dir string) (*service, error) {
	args := append([]string{c.binary}, c.Args(addr, dir)...)
	return start(ctx, args, addr, c.Ready, filepath.Join(r.dir, "log", c.Name))
}

// timeStarts starts a contender several times.
func (r *Runner) timeStarts(ctx context.Context, c contender, addr, dir string, busy float64) (map[string]float64, error) {
	ready := make(map[int]float64)
	for i := range r.plan.Starts {
		s, err := r.start(ctx, c, addr, dir)
		if err != nil {
			return nil, err
		}
		ready[i] = s.ready.Seconds()
		if err := s.stop(); err != nil {
			return nil, err
		}
	}
	return map[string]float64{"ready": result.Summarize(ready).Median, "busy": busy}, nil
}

// watchIdle looks at a service that nobody asks.
func (r *Runner) watchIdle(ctx context.Context, s *service, values map[string]float64) error {
	if err := sleep(ctx, settle); err != nil {
		return err
	}
	before, err := s.process().Waits()
	if err != nil {
		return err
	}
	if err := sleep(ctx, r.plan.Duration); err != nil {
		return err
	}
	after, err := s.process().Waits()
	if err != nil {
		return err
	}
	values["wakeups"] = float64(after-before) / r.plan.Duration.Seconds()
	return memory(s.process(), values)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// underLoad asks a service, first to warm it up and then to measure it.
func (r *Runner) underLoad(ctx context.Context, s *service, c contender, addr string, n int, requests *load.Requests, work Work, values map[string]float64) error {
	clients, err := load.Dial(addr, work.connections)
	if err != nil {
		return err
	}
	defer clients.Close()
	if err := acquaint(ctx, clients, touches(c.Requests, addr, n)); err != nil {
		return err
	}
	if _, err := clients.Run(ctx, requests, r.plan.WarmUp); err != nil {
		return err
	}
	before, err := take(s.process(), r.disk)
	if err != nil {
		return err
	}
	got, err := clients.Run(ctx, requests, r.plan.Duration)
	if err != nil {
		return err
	}
	after, err := take(s.process(), r.disk)
	if err != nil {
		return err
	}
	answers(got, values)
	after.since(before, got, values)
	return memory(s.process(), values)
}

// answers puts down what the generator has seen.
func answers(got *load.Result, values map[string]float64) {
	values["rate"] = got.Rate()
	values["p50"] = got.Latency.Quantile(0.5).Seconds()
	values["p99"] = got.Latency.Quantile(0.99).Seconds()
	values["p999"] = got.Latency.Quantile(0.999).Seconds()
	values["requests"] = float64(got.Requests)
	values["refused"] = float64(got.Refused)
	values["errors"] = float64(got.Errors)
	values["client"] = got.CPU.Seconds() / float64(max(got.Requests, 1))
}

// memory puts down what a process has resident.
func memory(p probe.Process, values map[string]float64) error {
	anonymous, err := p.Anonymous()
	if err != nil {
		return err
	}
	mapped, err := p.Mapped()
	if err != nil {
		return err
	}
	values["anonymous"], values["mapped"], values["rss"] = float64(anonymous), float64(mapped), float64(anonymous+mapped)
	return nil
}

// share returns which part of the machine's processors some time is.
func share(worked, elapsed time.Duration) float64 {
	return worked.Seconds() / elapsed.Seconds() / float64(runtime.NumCPU())
}
