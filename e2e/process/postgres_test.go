package process

import (
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/items/pgstore/pgtest"
)

// onDatabase is the service as a process, with its items in a database.
type onDatabase struct {
	url string
}

func (s onDatabase) Start(t *testing.T, settings ...string) blackbox.Instance {
	t.Helper()
	p := start(t, append([]string{"ITEMS_ADDR=127.0.0.1:0", "ITEMS_STORE=" + s.url, "ITEMS_MIGRATE=true"}, settings...))
	awaitReady(t, p, http.StatusOK)
	return p
}

// awaitReady waits until /readyz has a status. It returns the body.
func awaitReady(t *testing.T, p *process, want int) (body string) {
	t.Helper()
	blackbox.Eventually(t, patience, "readiness changes", func() bool {
		var status int
		status, body = get(t, p.URL()+"/readyz")
		return status == want
	})
	return body
}

// primary returns a database server that runs.
func primary(t *testing.T) *pgtest.Server {
	t.Helper()
	server := pgtest.New(t)
	server.Primary()
	return server
}

// TestBlackboxOnPostgreSQL runs the suite of every build with the other kind of store.
func TestBlackboxOnPostgreSQL(t *testing.T) {
	server := primary(t)
	blackbox.Run(t, func(t *testing.T) blackbox.Service { return onDatabase{server.Database()} })
}

// TestDatabaseStops holds that a service outlives its database: it says that it can't
// serve, and serves again when the database is back, what it had acknowledged included.
func TestDatabaseStops(t *testing.T) {
	server := primary(t)
	p := onDatabase{server.Database()}.Start(t, "ITEMS_STORE_TIMEOUT=500ms", adminSetting).(*process)
	create(t, p)
	_, item := get(t, p.URL()+"/api/items/1")
	if status, metrics := get(t, p.admin()+"/metrics"); status != http.StatusOK || !strings.Contains(metrics, "\nitems_store_connections_max 32\n") ||
		strings.Contains(metrics, "\nitems_store_connections_idle 0\n") {
		t.Errorf("%d, %s", status, metrics)
	}

	server.Stop()
	if body := awaitReady(t, p, http.StatusServiceUnavailable); !strings.Contains(body, "The item store can't be reached now.") {
		t.Errorf("/readyz says %s", body)
	}
	wantAnswer(t, http.MethodGet, p.URL()+"/livez", "", http.StatusOK)
	for _, path := range []string{"/api/items", "/api/items/1"} {
		wantAnswer(t, http.MethodGet, p.URL()+path, "", http.StatusServiceUnavailable)
	}
	wantAnswer(t, http.MethodPost, p.URL()+"/api/items", `{"name":"x"}`, http.StatusServiceUnavailable)
	wantAnswer(t, http.MethodDelete, p.URL()+"/api/items/1", "", http.StatusServiceUnavailable)

	server.Start()
	awaitReady(t, p, http.StatusOK)
	if body := wantAnswer(t, http.MethodGet, p.URL()+"/api/items/1", "", http.StatusOK); body != item {
		t.Errorf("the item is %s, want %s", body, item)
	}
	create(t, p)
	if body := wantAnswer(t, http.MethodGet, p.URL()+"/api/items/2", "", http.StatusOK); !strings.Contains(body, `"id":2`) {
		t.Errorf("%s", body)
	}
	p.Signal(syscall.SIGTERM)
	if status := p.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}

// TestMigrate holds that a service on a database without the schema says so, and is ready
// once the command has made it; and that the command says what it has done.
func TestMigrate(t *testing.T) {
	url := primary(t).Database()
	env := []string{"ITEMS_ADDR=127.0.0.1:0", "ITEMS_STORE=" + url}
	p := start(t, env)
	if body := awaitReady(t, p, http.StatusServiceUnavailable); !strings.Contains(body, "older schema than this program: run server migrate.") {
		t.Errorf("/readyz says %s", body)
	}
	wantAnswer(t, http.MethodGet, p.URL()+"/api/items", "", http.StatusServiceUnavailable)
	for _, says := range []string{"is at version 1 now, from 0\n", "is at version 1, as it was\n"} {
		m := start(t, env, "migrate")
		if status := m.Wait(); status != 0 || !strings.HasSuffix(m.stdout.String(), says) {
			t.Errorf("exit status %d: %s%s, want %q", status, m.stdout, m.stderr, says)
		}
	}
	awaitReady(t, p, http.StatusOK)
	create(t, p)
}

// TestMigrateEnds holds that a migration that waits for another ends with a signal.
func TestMigrateEnds(t *testing.T) {
	server := primary(t)
	url := server.Database()
	other, err := pgconn.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close(t.Context())
	const lock = "SELECT pg_advisory_lock(7881283364437562)" // of migrations
	if _, err := other.Exec(t.Context(), lock).ReadAll(); err != nil {
		t.Fatal(err)
	}
	m := start(t, []string{"ITEMS_STORE=" + url}, "migrate")
	blackbox.Eventually(t, patience, "the migration waits", func() bool {
		return server.Query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == "1"
	})
	m.Signal(syscall.SIGINT)
	wantFailure(t, m, "interrupted")
}
