package round

import (
	"time"

	"example.com/multistage/bench/load"
	"example.com/multistage/bench/probe"
)

// counters are what a server and its machine have done so far.
type counters struct {
	cpu, machine time.Duration
	written      int64
	flushes      int64
	// counts is false where the disk does not count flushes.
	counts bool
}

func take(p probe.Process, disk probe.Disk) (c counters, err error) {
	if c.cpu, err = p.CPU(); err != nil {
		return c, err
	}
	if c.machine, err = probe.Busy(); err != nil {
		return c, err
	}
	if c.written, err = p.Written(); err != nil {
		return c, err
	}
	c.flushes, err = disk.Flushes()
	c.counts = err == nil
	return c, nil
}

// since puts down what requests cost that were answered since before.
func (c counters) since(before counters, got *load.Result, values map[string]float64) {
	n := float64(max(got.Requests, 1))
	cpu := c.cpu - before.cpu
	values["cpu"] = cpu.Seconds() / n
	values["written"] = float64(c.written-before.written) / n
	if c.counts && before.counts {
		values["flushes"] = float64(c.flushes-before.flushes) / n
	}
	values["others"] = max(share(c.machine-before.machine-cpu-got.CPU, got.Elapsed), 0)
}
