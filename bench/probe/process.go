package probe

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// tick is the unit of times in /proc/PID/stat on all of Go's Linux systems:
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
const tick = time.Second / 100

var errStat = errors.New("not the line of a process")

// Process is the id of a running process.
type Process int

// CPU returns what all threads of the process have used, those that have ended
// included, by user and system. It counts in steps of 10 ms.
func (p Process) CPU() (time.Duration, error) {
	n, err := read(p.path("stat"), cpuTicks)
	return time.Duration(n) * tick, err
}

// cpuTicks adds utime and stime. The name of the program before them may have spaces.
func cpuTicks(text []byte) (int64, error) {
	end := bytes.LastIndexByte(text, ')')
	if end < 0 {
		return 0, errStat
	}
	user, err := column(text[end+1:], 11)
	if err != nil {
		return 0, err
	}
	system, err := column(text[end+1:], 12)
	return user + system, err
}

// Written returns the bytes that the process made the system write to disks, now or
// later: whole pages, and none of files in memory.
func (p Process) Written() (int64, error) {
	return read(p.path("io"), func(text []byte) (int64, error) { return field(text, "write_bytes:") })
}

// Anonymous returns the resident bytes of memory that belong to no file.
func (p Process) Anonymous() (int64, error) {
	return p.memory("RssAnon:")
}

// Mapped returns the resident bytes of mapped files: of the program itself, and of a
// database that is mapped.
func (p Process) Mapped() (int64, error) {
	return p.memory("RssFile:")
}

func (p Process) memory(name string) (int64, error) {
	kilobytes, err := read(p.path("status"), func(text []byte) (int64, error) { return field(text, name) })
	return kilobytes << 10, err
}

// Waits returns how often threads that are still there began to wait: each time is
// followed by a wakeup.
func (p Process) Waits() (int64, error) {
	threads, err := filepath.Glob(p.path("task/*/status"))
	if err != nil || len(threads) == 0 {
		return 0, fmt.Errorf("process %d has no threads: %w", p, err)
	}
	sum := int64(0)
	for _, thread := range threads {
		n, err := read(thread, func(text []byte) (int64, error) { return field(text, "voluntary_ctxt_switches:") })
		if errors.Is(err, os.ErrNotExist) {
			continue // it has ended
		}
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func (p Process) path(name string) string {
	return fmt.Sprintf("/proc/%d/%s", p, name)
}
