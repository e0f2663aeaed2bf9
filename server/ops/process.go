package ops

import (
	"fmt"
	"os"
	"time"

	"example.com/multistage/server/prom"
)

// writeProcess adds what the operating system tells about the process, by the
// usual names: https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
// What it does not tell is left out. The process has started at start.
func writeProcess(t *prom.Text, start time.Time) {
	t.Single("process_start_time_seconds", prom.Gauge, "When the process started, as a Unix time.", float64(start.UnixMilli())/1e3)
	if seconds, maxFDs, err := usage(); err == nil {
		t.Single("process_cpu_seconds_total", prom.Counter, "Time on the CPU, of the user and of the system.", seconds)
		t.Single("process_max_fds", prom.Gauge, "File descriptors that the process may have.", maxFDs)
	}
	if fds, err := os.ReadDir("/proc/self/fd"); err == nil {
		t.Single("process_open_fds", prom.Gauge, "File descriptors that the process has.", float64(len(fds)))
	}
	if virtual, resident, err := memory(); err == nil {
		t.Single("process_virtual_memory_bytes", prom.Gauge, "Address space, with what is reserved for a database file to grow.", virtual)
		t.Single("process_resident_memory_bytes", prom.Gauge, "Memory, with the pages of a database file that are in it.", resident)
	}
}

// memory returns sizes of the process in bytes, which Linux tells in pages as
// the first two numbers of a file: proc_pid_statm(5).
func memory() (virtual, resident float64, err error) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, 0, err
	}
	_, err = fmt.Sscan(string(statm), &virtual, &resident)
	page := float64(os.Getpagesize())
	return virtual * page, resident * page, err
}
