package postgres

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/process"
	"example.com/multistage/items/pgstore/pgtest"
)

// shutdownDelay gives nginx the time to learn that a replica drains. It is less than
// the fail_timeout that nginxConfig sets.
const shutdownDelay = 2 * time.Second

// replica is a service at a port that outlives it.
type replica struct {
	port   int
	server process.Server
	admin  client
}

func (r *replica) start(t testing.TB, settings ...string) {
	t.Helper()
	r.server = process.Start(t, append(settings, fmt.Sprintf("ITEMS_ADDR=127.0.0.1:%d", r.port), "ITEMS_ADMIN_ADDR=127.0.0.1:0",
		fmt.Sprintf("ITEMS_SHUTDOWN_DELAY=%v", shutdownDelay), "ITEMS_ACCESS_LOG=false")...)
	r.admin = newClient(t, r.server.Admin())
}

// requests matches how many requests of the API a replica has answered.
const requests = `items_http_request_duration_seconds_count\{.*route="/api/.*\}`

// TestRollout replaces two replicas behind nginx, one after the other, under load: no
// request fails.
func TestRollout(t *testing.T) {
	n := pgtest.New(t)
	n.Primary()
	settings := []string{"ITEMS_STORE=" + pgtest.URL(n), "ITEMS_MIGRATE=true"}
	replicas := []*replica{{port: pgtest.FreePort(t)}, {port: pgtest.FreePort(t)}}
	for _, r := range replicas {
		r.start(t, settings...)
	}
	service := newClient(t, nginx(t, [2]int{replicas[0].port, replicas[1].port}))
	probe := startProbe(service)
	load := startLoad(service)
	rollouts := rounds(2, 20)
	for range rollouts {
		for _, r := range replicas {
			r.stop(t)
			r.start(t, settings...)
			// The next one waits for it: nginx has left the port alone for some time.
			blackbox.Eventually(t, patience, "nginx uses the new replica", func() bool { return metric(t, r.admin, requests) > 0 })
		}
	}
	sent := load.end(t)
	probe.end(t)
	t.Logf("%d requests in %d rollouts", sent, rollouts)
}

// stop ends the replica, and holds that its drain is seen.
func (r *replica) stop(t testing.TB) {
	t.Helper()
	r.server.Signal(syscall.SIGTERM)
	// By its metrics: it has said that it is not ready, and no other request comes.
	turnedAway, before := false, -1.0
	blackbox.Eventually(t, patience, "the drain is in the metrics", func() bool {
		notReady, err := readMetric(r.admin, `items_http_request_duration_seconds_count\{.*route="/readyz",status="503"\}`)
		if err != nil {
			return true // it has ended
		}
		now, _ := readMetric(r.admin, requests)
		turnedAway = turnedAway || notReady > 0 && now == before
		before = now
		return turnedAway
	})
	if !turnedAway {
		t.Errorf("a replica has ended before nginx turned away")
	}
	if status := r.server.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
	for _, line := range []string{"msg=draining", "msg=stopped"} {
		if !strings.Contains(r.server.Log(), line) {
			t.Errorf("a replica that ended has not logged %s", line)
		}
	}
}
