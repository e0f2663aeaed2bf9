package ops

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"example.com/multistage/server/prom"
)

// writeRuntime adds what Go's runtime tells about itself, by the names that
// github.com/prometheus/client_golang has made usual.
func writeRuntime(t *prom.Text) {
	t.Family("go_info", prom.Gauge, "Always 1; its label is the version of Go.")
	t.Sample("go_info", prom.Labels("version", runtime.Version()), 1)
	t.Single("go_goroutines", prom.Gauge, "Goroutines that exist.", float64(runtime.NumGoroutine()))
	t.Single("go_threads", prom.Gauge, "Threads of the operating system that were made.", float64(pprof.Lookup("threadcreate").Count()))
	t.Single("go_sched_gomaxprocs_threads", prom.Gauge, "GOMAXPROCS: goroutines that run at once.", float64(runtime.GOMAXPROCS(0)))
	limit := math.Inf(1)
	if l := memoryLimit(); l != nil {
		limit = float64(*l)
	}
	t.Single("go_gc_gomemlimit_bytes", prom.Gauge, "GOMEMLIMIT: the memory that garbage collection keeps to, +Inf for no limit.", limit)
	writePauses(t)
	writeMemory(t)
}

// writePauses adds how long garbage collection stopped the program.
func writePauses(t *prom.Text) {
	stats := debug.GCStats{PauseQuantiles: make([]time.Duration, 5)}
	debug.ReadGCStats(&stats)
	const name = "go_gc_duration_seconds"
	t.Family(name, prom.Summary, "Pauses for garbage collection.")
	for i, quantile := range []string{"0", "0.25", "0.5", "0.75", "1"} {
		t.Sample(name, prom.Labels("quantile", quantile), stats.PauseQuantiles[i].Seconds())
	}
	t.Sample(name+"_sum", "", stats.PauseTotal.Seconds())
	t.Sample(name+"_count", "", float64(stats.NumGC))
}

// writeMemory adds what [runtime.MemStats] has. Reading them stops the program
// for some microseconds.
func writeMemory(t *prom.Text) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	for _, metric := range []struct {
		name, kind, help string
		value            float64
	}{
		{"alloc_bytes_total", prom.Counter, "Bytes ever allocated for objects.", float64(m.TotalAlloc)},
		{"mallocs_total", prom.Counter, "Objects ever allocated.", float64(m.Mallocs)},
		{"frees_total", prom.Counter, "Objects ever freed.", float64(m.Frees)},
		{"heap_alloc_bytes", prom.Gauge, "Bytes of objects that are in use or not yet freed.", float64(m.HeapAlloc)},
		{"heap_objects", prom.Gauge, "Objects that are in use or not yet freed.", float64(m.HeapObjects)},
		{"heap_inuse_bytes", prom.Gauge, "Bytes of memory that hold objects.", float64(m.HeapInuse)},
		{"heap_idle_bytes", prom.Gauge, "Bytes of memory that hold no object.", float64(m.HeapIdle)},
		{"heap_released_bytes", prom.Gauge, "Bytes of memory given back to the operating system.", float64(m.HeapReleased)},
		{"heap_sys_bytes", prom.Gauge, "Bytes of memory for objects, taken from the operating system.", float64(m.HeapSys)},
		{"stack_inuse_bytes", prom.Gauge, "Bytes of memory that hold stacks.", float64(m.StackInuse)},
		{"sys_bytes", prom.Gauge, "Bytes of memory for all purposes, taken from the operating system.", float64(m.Sys)},
		{"next_gc_bytes", prom.Gauge, "Bytes of objects at which garbage is collected next.", float64(m.NextGC)},
		{"last_gc_time_seconds", prom.Gauge, "When garbage was collected last, as a Unix time.", float64(m.LastGC) / 1e9},
	} {
		t.Single("go_memstats_"+metric.name, metric.kind, metric.help, metric.value)
	}
}
