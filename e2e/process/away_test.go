package process

import (
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// awayEnvironment is that of a server on a free port whose database is away: the socket
// that the URL names is in no directory that is there.
func awayEnvironment() []string {
	return []string{"ITEMS_ADDR=127.0.0.1:0", "ITEMS_STORE=postgres://items:hunter2@/items?host=/nowhere/items"}
}

// TestDatabaseAway holds that a service whose database is away starts, lives, and says of
// every request for items that it can't be served now; and that it ends well.
func TestDatabaseAway(t *testing.T) {
	for _, setting := range []string{"ITEMS_MIGRATE=false", "ITEMS_MIGRATE=true"} {
		t.Run(setting, func(t *testing.T) {
			p := start(t, append(awayEnvironment(), adminSetting, setting))
			for path, want := range map[string]int{
				"/livez": 200, "/version": 200, "/": 200, "/readyz": 503, "/api/items": 503, "/api/items/1": 503,
			} {
				wantAnswer(t, http.MethodGet, p.URL()+path, "", want)
			}
			if body := wantAnswer(t, http.MethodPost, p.URL()+"/api/items", `{"name":"x"}`, 503); !strings.Contains(body, "Nothing was changed; try again.") {
				t.Errorf("%s", body)
			}
			if body := wantAnswer(t, http.MethodGet, p.admin()+"/backup", "", 501); !strings.Contains(body, "pg_dump") {
				t.Errorf("/backup: %s", body)
			}
			vars := wantAnswer(t, http.MethodGet, p.admin()+"/debug/vars", "", 200)
			if setting == "ITEMS_MIGRATE=true" {
				p.await(`(msg="the schema is not brought up to date")`)
			}
			p.Signal(syscall.SIGTERM)
			if status := p.Wait(); status != 0 {
				t.Errorf("exit status %d, want 0", status)
			}
			log := p.stderr.String()
			if !strings.Contains(log, "postgres://items") || !strings.Contains(vars, "postgres://items") {
				t.Errorf("the store is not told:\n%s\n%s", log, vars)
			}
			if strings.Contains(log+vars, "hunter2") {
				t.Errorf("the password is told:\n%s\n%s", log, vars)
			}
		})
	}
}

// wantAnswer holds that a request is answered with a status, and where that is 503 says
// when to try again. It returns the body.
func wantAnswer(t *testing.T, method, url, body string, status int) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != status || (status == 503) != (response.Header.Get("Retry-After") != "") {
		t.Errorf("%s %s: %s, Retry-After %q: %s; want %d", method, url, response.Status, response.Header.Get("Retry-After"), content, status)
	}
	if status > 500 && response.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s %s: an error as %s", method, url, response.Header.Get("Content-Type"))
	}
	return string(content)
}

// TestMigrateAway holds that a migration of a database that is away fails in a line, and
// tells no password.
func TestMigrateAway(t *testing.T) {
	p := start(t, awayEnvironment(), "migrate")
	wantFailure(t, p, "/nowhere/items")
	if told := p.stderr.String() + p.stdout.String(); strings.Contains(told, "hunter2") {
		t.Errorf("the password is told: %s", told)
	}
}
