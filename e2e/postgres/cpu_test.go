package postgres

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cpu returns how long a process of one thread, those that it has and those that it had
// have been on the processors; of a process of many threads, how long itself was.
func cpu(t testing.TB, pid int) time.Duration {
	t.Helper()
	return time.Duration(stat(t, pid, 14, 15, 16, 17)) * (time.Second / 100) // utime, stime, cutime, cstime in USER_HZ
}

// faults returns how many pages a process, those that it has and those that it had have met
// for the first time.
func faults(t testing.TB, pid int) int {
	t.Helper()
	return stat(t, pid, 10, 11) // minflt, cminflt
}

// stat returns the sum of some numbers of a process and of those that it has:
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
func stat(t testing.TB, pid int, numbers ...int) (sum int) {
	t.Helper()
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0 // it has ended, and its parent has its numbers
	}
	_, after, _ := strings.Cut(string(line), ") ")
	fields := strings.Fields(after) // from the third on
	for _, number := range numbers {
		n, err := strconv.Atoi(fields[number-3])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", pid))
	if err != nil {
		return sum
	}
	for _, child := range strings.Fields(string(children)) {
		n, err := strconv.Atoi(child)
		if err != nil {
			t.Fatal(err)
		}
		sum += stat(t, n, numbers...)
	}
	return sum
}

// ownCPU returns how long the test itself has been on the processors.
func ownCPU(t testing.TB) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
