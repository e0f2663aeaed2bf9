//go:build unix

package ops

import (
	"syscall"
	"time"
)

// usage returns the seconds that the process was on the CPU, and how many file
// descriptors it may have.
func usage() (seconds, maxFDs float64, err error) {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0, 0, err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, 0, err
	}
	total := time.Duration(used.Utime.Nano() + used.Stime.Nano())
	return total.Seconds(), float64(limit.Cur), nil
}
