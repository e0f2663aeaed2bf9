package postgres

import (
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/process"
)

// answersWithin is how soon after the promotion the service must answer writes again.
const answersWithin = 5 * time.Second

// TestFailover kills the primary under a service that is written to without pause, and
// promotes the synchronous standby: nothing that was acknowledged is lost, nothing is
// there twice, and the service writes again by itself.
func TestFailover(t *testing.T) {
	c := newCluster(t, true)
	server := process.Start(t, "ITEMS_ADDR=127.0.0.1:0", "ITEMS_ACCESS_LOG=false", "ITEMS_STORE="+c.url(), "ITEMS_MIGRATE=true")
	service := newClient(t, server.URL())
	writers := startWriters(service)
	var gaps, returns []time.Duration
	n := rounds(3, 20)
	for range n {
		if !writers.awaitAcks(200, patience) {
			t.Fatal("the service does not write")
		}
		killed := time.Now()
		c.primary.Kill()
		blackbox.Eventually(t, patience, "readiness shows the gap", func() bool { return service.status("/readyz") == http.StatusServiceUnavailable })
		service.must(t, http.StatusOK, http.MethodGet, "/livez", "")
		c.promote()
		promoted := time.Now()
		if !writers.awaitAcks(1, answersWithin) {
			t.Fatalf("the service does not write within %v of the promotion", answersWithin)
		}
		gaps, returns = append(gaps, time.Since(killed)), append(returns, time.Since(promoted))
		blackbox.Eventually(t, patience, "readiness is back", func() bool { return service.status("/readyz") == http.StatusOK })
		writers.check(t)
		c.attach(true)
	}
	writers.end(t)
	writers.check(t)
	t.Logf("%d rounds, %d items acknowledged, failed by status: %v", n, len(writers.acked), writers.failed)
	slices.Sort(gaps)
	slices.Sort(returns)
	t.Logf("without writes: median %v, at most %v; after the promotion: median %v, at most %v",
		gaps[n/2], gaps[n-1], returns[n/2], returns[n-1])
}

// TestSilentStandby holds that no write is acknowledged that the standby has not: one
// that PostgreSQL gives up waiting for is committed, and lost with the primary.
func TestSilentStandby(t *testing.T) {
	c := newCluster(t, true)
	server := process.Start(t, "ITEMS_ADDR=127.0.0.1:0", "ITEMS_ACCESS_LOG=false", "ITEMS_STORE="+c.url(), "ITEMS_MIGRATE=true",
		"ITEMS_STORE_TIMEOUT=500ms")
	service := newClient(t, server.URL())
	writers := startWriters(service)
	if !writers.awaitAcks(20, patience) {
		t.Fatal("the service does not write")
	}
	c.standby.Signal(syscall.SIGSTOP)
	silent := writers.ackCount() + writerCount // what was acknowledged may yet be on its way
	blackbox.Eventually(t, patience, "writes fail", func() bool { return writers.failures() >= 4*writerCount })
	if acked := writers.ackCount(); acked > silent {
		t.Errorf("%d items were acknowledged without the standby", acked-silent)
	}
	c.primary.Kill()
	c.standby.Signal(syscall.SIGCONT)
	c.promote()
	if !writers.awaitAcks(1, answersWithin) {
		t.Errorf("the service does not write within %v of the promotion", answersWithin)
	}
	writers.end(t)
	writers.check(t)
}
