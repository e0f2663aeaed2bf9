package postgres

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/process"
	"example.com/multistage/items/pgstore/pgtest"
)

// maxConns is the service's -store-max-conns, and how many of each request come at once.
const maxConns = 8

// away is a way in which a database can be away.
type away struct {
	name     string
	leave    func()
	comeBack func()
}

// TestDatabaseAway takes the database away from a service again and again: stopped,
// refusing, and silent. The service says so, in time, comes back by itself, and keeps
// nothing of it.
func TestDatabaseAway(t *testing.T) {
	n := pgtest.New(t)
	n.Primary()
	l := newLink(t, n.Port())
	server := process.Start(t, "ITEMS_ADDR=127.0.0.1:0", "ITEMS_ADMIN_ADDR=127.0.0.1:0", "ITEMS_ACCESS_LOG=false",
		"ITEMS_STORE="+fmt.Sprintf("postgres://items@127.0.0.1:%d/postgres?sslmode=disable", l.port), "ITEMS_MIGRATE=true",
		fmt.Sprintf("ITEMS_STORE_MAX_CONNS=%d", maxConns), "ITEMS_STORE_TIMEOUT=300ms")
	service, admin := newClient(t, server.URL()), newClient(t, server.Admin())
	service.http.Timeout = 10 * time.Second // much less than the service gives to any request without -store-timeout

	stopped := away{"stopped", n.Stop, n.Start}
	refusing := away{"refusing", l.cut, l.mend}
	silent := away{"silent", l.stall, l.mend}
	for _, way := range []away{stopped, refusing, silent} { // all that is made once is made
		cycle(t, service, way)
	}
	service.http.CloseIdleConnections()
	goroutines, files := metric(t, admin, "go_goroutines"), metric(t, admin, "process_open_fds")

	counts := make(map[string]int)
	total := rounds(10, 100)
	for i := range total {
		way := refusing
		switch i % 10 {
		case 0:
			way = stopped
		case 5:
			way = silent
		}
		cycle(t, service, way)
		counts[way.name]++
	}
	service.http.CloseIdleConnections()
	// A leak of one a cycle is far above what the connections that may be open explain.
	blackbox.Eventually(t, patience, "no goroutine, file or connection is left over", func() bool {
		return metric(t, admin, "go_goroutines") <= goroutines+float64(min(maxConns, total/2)) &&
			metric(t, admin, "process_open_fds") <= files+maxConns &&
			connections(n) <= maxConns
	})
	t.Logf("%d cycles (%v); goroutines %v, then %v; open files %v, then %v; connections %d", total, counts,
		goroutines, metric(t, admin, "go_goroutines"), files, metric(t, admin, "process_open_fds"), connections(n))
}

// connections returns how many clients are connected to the node, without the one that
// asks.
func connections(n *pgtest.Server) (count int) {
	fmt.Sscan(n.Query("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"), &count)
	return count
}

// cycle takes the database away once, and gives it back.
func cycle(t *testing.T, service client, way away) {
	t.Helper()
	way.leave()
	blackbox.Eventually(t, patience, "not ready while the database is "+way.name, func() bool {
		return service.status("/readyz") == http.StatusServiceUnavailable
	})
	service.must(t, http.StatusOK, http.MethodGet, "/livez", "")
	atOnce(func() { wantUnavailable(t, service, http.MethodGet, "/api/items/1", "") },
		func() { wantUnavailable(t, service, http.MethodGet, "/api/items?limit=10", "") },
		func() { wantUnavailable(t, service, http.MethodPost, "/api/items", `{"name":"x"}`) })
	way.comeBack()
	blackbox.Eventually(t, patience, "ready again after the database was "+way.name, func() bool { return service.status("/readyz") == http.StatusOK })
	// The first write may take longer than -store-timeout where the disk does.
	blackbox.Eventually(t, patience, "writes are answered again", func() bool {
		got, err := service.do(http.MethodPost, "/api/items", `{"name":"x"}`, "Content-Type", "application/json")
		return err == nil && got.status == http.StatusCreated
	})
	blackbox.Eventually(t, patience, "reads are answered again", func() bool {
		var failed atomic.Bool
		atOnce(func() {
			if service.status("/api/items?limit=10") != http.StatusOK {
				failed.Store(true)
			}
		})
		return !failed.Load()
	})
}

// atOnce runs each function as often at once as there are connections.
func atOnce(functions ...func()) {
	var wg sync.WaitGroup
	for range maxConns {
		for _, f := range functions {
			wg.Go(f)
		}
	}
	wg.Wait()
}

// wantUnavailable holds that a request is refused in time, in words that say when to
// come again.
func wantUnavailable(t *testing.T, service client, method, path, body string) {
	t.Helper()
	got, err := service.do(method, path, body, "Content-Type", "application/json")
	if err != nil {
		t.Error(err)
		return
	}
	if got.status != http.StatusServiceUnavailable || got.header.Get("Content-Type") != "application/problem+json" || got.header.Get("Retry-After") == "" {
		t.Errorf("%s %s: %d %s, Retry-After %q; want 503, a problem, and a time", method, path, got.status, got.body, got.header.Get("Retry-After"))
	}
}
