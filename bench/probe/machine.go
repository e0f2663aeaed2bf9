package probe

import (
	"bytes"
	"context"
	"os"
	"time"
)

// pause is over which time WaitIdle looks how busy the processors are.
const pause = 250 * time.Millisecond

// WaitIdle waits until at most the share limit, from 0 to 1, of the machine's
// processors is busy, or until it has waited for the longest time. It returns the last
// share that it saw.
func WaitIdle(ctx context.Context, limit float64, longest time.Duration) (busy float64, err error) {
	for begin := time.Now(); ; {
		before, err := cpuTimes()
		if err != nil {
			return 0, err
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(pause):
		}
		after, err := cpuTimes()
		if err != nil {
			return 0, err
		}
		busy = after.busyShare(before)
		if busy <= limit || time.Since(begin) >= longest {
			return busy, nil
		}
	}
}

// Busy returns the time that all processors together have worked.
func Busy() (time.Duration, error) {
	t, err := cpuTimes()
	return time.Duration(t.all-t.idle) * tick, err
}

// times are those of all processors together, in ticks.
type times struct {
	all, idle int64
}

func (t times) busyShare(before times) float64 {
	all := t.all - before.all
	if all <= 0 {
		return 0
	}
	return 1 - float64(t.idle-before.idle)/float64(all)
}

func cpuTimes() (times, error) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return times{}, err
	}
	line, _, _ := bytes.Cut(text, []byte{'\n'})
	return parseTimes(line)
}

// parseTimes reads the first line of /proc/stat. A processor that waits for a disk is
// idle, and the time of guests is part of the user's:
// https://man7.org/linux/man-pages/man5/proc_stat.5.html
func parseTimes(line []byte) (t times, err error) {
	for i := 1; i <= 8; i++ {
		n, err := column(line, i)
		if err != nil {
			return times{}, err
		}
		t.all += n
		if i == 4 || i == 5 {
			t.idle += n
		}
	}
	return t, nil
}

// CPUModel returns what the system calls the processor, empty where it says nothing.
func CPUModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range bytes.Lines(text) {
		if name, value, ok := bytes.Cut(line, []byte{':'}); ok && string(bytes.TrimSpace(name)) == "model name" {
			return string(bytes.TrimSpace(value))
		}
	}
	return ""
}

// Kernel returns the release of the system's kernel, empty where it can't be read.
func Kernel() string {
	text, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return ""
	}
	return string(bytes.TrimSpace(text))
}

// Memory returns the bytes that the machine has.
func Memory() (int64, error) {
	kilobytes, err := read("/proc/meminfo", func(text []byte) (int64, error) { return field(text, "MemTotal:") })
	return kilobytes << 10, err
}
