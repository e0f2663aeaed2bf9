package round

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"example.com/multistage/bench/peer"
	"example.com/multistage/bench/probe"
	"example.com/multistage/bench/result"
)

// Runner measures peers by a plan.
type Runner struct {
	plan     Plan
	peers    []peer.Peer
	dir      string // of everything that is written
	disk     probe.Disk
	progress io.Writer

	contenders []contender      // those of the peers that could be built
	data       map[string]*data // by the contenders' keys
	samples    []result.Sample
	failures   []error
}

// NewRunner returns one that keeps everything it writes in the directory dir, and tells
// progress in lines.
func NewRunner(plan Plan, peers []peer.Peer, dir string, progress io.Writer) (*Runner, error) {
	disk, err := probe.DiskOf(dir)
	if err != nil {
		return nil, err
	}
	r := &Runner{plan: plan, peers: peers, dir: dir, disk: disk, progress: progress, data: make(map[string]*data)}
	for _, name := range []string{"bin", "data", "log"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Run builds, seeds, and measures all rounds. It returns the samples that could be had, and
// an error for those that could not. It returns no samples where a peer can't be built, which
// costs little time yet. Where the context ends, it returns its error, and the samples of the
// rounds that were whole, none where none was.
func (r *Runner) Run(ctx context.Context) ([]result.Sample, error) {
	if err := r.prepare(ctx); err != nil {
		return nil, err
	}
	for round := 1; round <= r.plan.Rounds; round++ {
		for _, n := range r.plan.Items {
			for _, work := range r.plan.Works {
				r.turn(ctx, round, n, work)
			}
		}
		if ctx.Err() != nil {
			return r.upTo(round - 1), ctx.Err()
		}
	}
	if n := len(r.failures); n > 0 {
		return r.samples, fmt.Errorf("%d measurements failed, the first of them: %w", n, r.failures[0])
	}
	return r.samples, nil
}

// upTo returns the samples up to a round, none where that is 0.
func (r *Runner) upTo(round int) (samples []result.Sample) {
	if round == 0 {
		return nil
	}
	return slices.DeleteFunc(r.samples, func(s result.Sample) bool { return s.Round > round })
}

// prepare builds every peer, and seeds the data once.
func (r *Runner) prepare(ctx context.Context) error {
	for _, p := range r.peers {
		if err := r.build(ctx, p); err != nil {
			return fmt.Errorf("building %s: %w", p.Name, err)
		}
	}
	for _, n := range r.plan.Items {
		for _, c := range r.contenders {
			if !c.stores(n) || r.data[c.key(n)] != nil {
				continue
			}
			if err := r.seed(ctx, c, n); err != nil {
				r.failed(ctx, fmt.Sprintf("seeding %s items into", result.FormatItems(n)), c.Name, err)
			}
		}
	}
	return nil
}

// turn lets every contender do the same work, one after the other. Where one client writes, the
// disk alone takes its turn before them: what it grants changes within minutes.
func (r *Runner) turn(ctx context.Context, round, n int, work Work) {
	if work.Name == flushWork && n == r.plan.Items[0] {
		r.flush(ctx, round)
	}
	for _, c := range r.contenders {
		if ctx.Err() != nil || !c.takes(n, r.plan.Items[0]) || c.Seed != nil && r.data[c.key(n)] == nil {
			continue
		}
		values, err := r.measure(ctx, c, n, work)
		if err != nil {
			r.failed(ctx, work.Name+" of", c.Name, err)
			continue
		}
		if values != nil {
			r.tell("round %d of %d  %12s items  %-6s  %-20s %s", round, r.plan.Rounds, result.FormatItems(n), work.Name, c.Name, brief(values))
			r.add(round, c.Name, n, work.Name, values)
		}
	}
}

// brief says the most important of values.
func brief(values map[string]float64) (text string) {
	for _, name := range []string{"rate", "p99", "cpu", "ready", "anonymous", "mapped", "wakeups", "refused", "errors"} {
		v, ok := values[name]
		if !ok || v == 0 && (name == "refused" || name == "errors") {
			continue
		}
		unit, _ := result.UnitOf(name)
		text += fmt.Sprintf("  %s %s", name, unit.Format(v))
	}
	if busy := values["busy"]; busy > Idle {
		text += fmt.Sprintf("  (the machine was %s busy before)", result.Share.Format(busy))
	}
	return text
}

// flush measures the disk alone.
func (r *Runner) flush(ctx context.Context, round int) {
	before, countErr := r.disk.Flushes()
	begin := time.Now()
	rate, err := probe.FlushRate(ctx, filepath.Join(r.dir, "data"), r.plan.Duration)
	if err != nil {
		r.failed(ctx, "flushing", "the disk", err)
		return
	}
	values := map[string]float64{"rate": rate}
	if after, err := r.disk.Flushes(); err == nil && countErr == nil {
		values["flushes"] = float64(after-before) / (rate * time.Since(begin).Seconds())
	}
	r.tell("round %d of %d  the disk flushes 4 KiB %s", round, r.plan.Rounds, result.PerSecond.Format(rate))
	r.add(round, "disk", 0, "flush", values)
}

// build builds a peer, and takes the size of a program that is new.
func (r *Runner) build(ctx context.Context, p peer.Peer) error {
	r.tell("building %s", p.Name)
	end := r.during("building")
	binary, err := p.Build(ctx, filepath.Join(r.dir, "bin"))
	end()
	if err != nil {
		return err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(r.contenders, func(c contender) bool { return c.binary == binary }) {
		r.add(0, p.Name, 0, "size", map[string]float64{"binary": float64(info.Size())})
	}
	r.contenders = append(r.contenders, contender{p, binary})
	return nil
}

// seed makes the data of a contender.
func (r *Runner) seed(ctx context.Context, c contender, n int) error {
	r.tell("seeding %s items into %s", result.FormatItems(n), c.Name)
	live := filepath.Join(r.dir, "data", c.key(n))
	d := &data{seeded: live + ".seeded", live: live, items: n}
	if err := os.Mkdir(d.seeded, 0o700); err != nil {
		return err
	}
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	end := r.during("seeding")
	err = c.Seed(ctx, c.binary, addr, d.seeded, n)
	if end(); err != nil {
		return errors.Join(err, os.RemoveAll(d.seeded))
	}
	size, err := occupied(d.seeded)
	if err != nil {
		return err
	}
	r.data[c.key(n)] = d
	r.add(0, c.Name, n, "data", map[string]float64{"stored": float64(size) / float64(n)})
	return nil
}

// freeAddr returns an address of loopback with a port that is free now.
func freeAddr() (string, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// add adds a sample. No figure is known to more than six digits.
func (r *Runner) add(round int, peer string, items int, work string, values map[string]float64) {
	for name, v := range values {
		values[name], _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	}
	r.samples = append(r.samples, result.Sample{Round: round, Peer: peer, Items: items, Work: work, Values: values})
}

// failed keeps an error, unless it is only that the run was ended.
func (r *Runner) failed(ctx context.Context, doing, whom string, err error) {
	if ctx.Err() != nil {
		return
	}
	err = fmt.Errorf("%s %s: %w", doing, whom, err)
	r.tell("failed: %v", err)
	r.failures = append(r.failures, err)
}

func (r *Runner) tell(format string, args ...any) {
	fmt.Fprintf(r.progress, format+"\n", args...)
}
