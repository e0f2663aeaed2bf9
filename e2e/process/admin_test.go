package process

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// adminSetting lets operators ask at a free port.
const adminSetting = "ITEMS_ADMIN_ADDR=127.0.0.1:0"

// admin returns the URL of what only operators see.
func (p *process) admin() string {
	p.t.Helper()
	return "http://" + p.await(`msg=listening .*\badmin=(\S+)`)
}

// get returns the status and the body of an answer.
func get(t testing.TB, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// TestAdmin holds that what only operators may see is where they ask, and not
// where everyone does.
func TestAdmin(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting))
	for path, says := range map[string]string{
		"/metrics":                       "items_database_file_bytes ",
		"/debug/vars":                    `"uptime_seconds"`,
		"/debug/pprof/":                  "heap",
		"/debug/pprof/goroutine?debug=1": "goroutine profile",
	} {
		if status, body := get(t, p.admin()+path); status != http.StatusOK || !strings.Contains(body, says) {
			t.Errorf("%s: %d, does not say %q", path, status, says)
		}
		if status, _ := get(t, p.URL()+path); status != http.StatusNotFound {
			t.Errorf("%s where everyone asks: %d, want 404", path, status)
		}
	}
	if status, _ := get(t, p.URL()+"/backup"); status != http.StatusNotFound {
		t.Errorf("/backup where everyone asks: %d, want 404", status)
	}
	if status, _ := get(t, p.admin()+"/api/items"); status != http.StatusNotFound {
		t.Errorf("/api/items where operators ask: %d, want 404", status)
	}
}

func TestNoAdmin(t *testing.T) {
	p := start(t, environment(t.TempDir()))
	p.URL()
	if log := p.stderr.String(); strings.Contains(log, "admin=") {
		t.Errorf("operators may ask without being wanted: %s", log)
	}
}

// TestMetrics holds that requests and commits are counted by a running server,
// and that its metrics hold nothing that a client has made up.
func TestMetrics(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting))
	create(t, p)
	for _, path := range []string{"/api/items/1", "/api/items/2", "/nope/xyz"} {
		get(t, p.URL()+path)
	}
	_, metrics := get(t, p.admin()+"/metrics")
	for _, line := range []string{
		`items_http_request_duration_seconds_count{method="POST",route="/api/items",status="201"} 1`,
		`items_http_request_duration_seconds_count{method="GET",route="/api/items/{id}",status="200"} 1`,
		`items_http_request_duration_seconds_count{method="GET",route="/api/items/{id}",status="404"} 1`,
		`items_http_request_duration_seconds_count{method="GET",route="other",status="404"} 1`,
		`items_store_operation_duration_seconds_count{operation="create",outcome="ok"} 1`,
		`items_store_operation_duration_seconds_count{operation="get",outcome="not_found"} 1`,
		"items_store_commit_writes_sum 1",
		"items_http_requests_in_flight 0",
	} {
		if !strings.Contains(metrics, "\n"+line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	for _, raw := range []string{"/api/items/1", "nope"} {
		if strings.Contains(metrics, raw) {
			t.Errorf("%s is among the metrics", raw)
		}
	}
	if t.Failed() {
		t.Log(metrics)
	}
}

// TestVars holds that a running server tells what it is made of and how it is
// set up.
func TestVars(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting, "ITEMS_MAX_IN_FLIGHT=7"))
	_, body := get(t, p.admin()+"/debug/vars")
	var vars struct {
		PID     int
		Flags   map[string]string
		Modules []struct{ Path, Version string }
	}
	if err := json.Unmarshal([]byte(body), &vars); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if vars.PID != p.cmd.Process.Pid || vars.Flags["max-in-flight"] != "7" {
		t.Errorf("%s", body)
	}
	for _, m := range vars.Modules {
		if m.Path == "go.etcd.io/bbolt" && strings.HasPrefix(m.Version, "v1.") {
			return
		}
	}
	t.Errorf("bbolt is not among the modules: %v", vars.Modules)
}

func TestAdminPortInUse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	address := listener.Addr().String()
	wantFailure(t, start(t, append(environment(t.TempDir()), "ITEMS_ADMIN_ADDR="+address)), address, "-admin-addr", "ITEMS_ADMIN_ADDR")
}

// TestMetricsOutliveTheListener holds that operators can watch requests in flight
// end after no others are taken.
func TestMetricsOutliveTheListener(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting, "ITEMS_SHUTDOWN_TIMEOUT=1m"))
	held := hold(t, p)
	p.Signal(syscall.SIGTERM)
	awaitRefused(t, strings.TrimPrefix(p.URL(), "http://"))
	if _, metrics := get(t, p.admin()+"/metrics"); !strings.Contains(metrics, "\nitems_http_requests_in_flight 1\n") {
		t.Errorf("the request in flight is not told:\n%s", metrics)
	}
	held.finish(t)
	if status := p.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}

// TestDrainingEndsProfiles holds that a profile that is being taken is answered and
// does not hold up the end of the service.
func TestDrainingEndsProfiles(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), adminSetting))
	profile, err := http.Get(p.admin() + "/debug/pprof/trace?seconds=300")
	if err != nil {
		t.Fatal(err)
	}
	defer profile.Body.Close()
	p.Signal(syscall.SIGTERM)
	if _, err := io.ReadAll(profile.Body); err != nil {
		t.Error(err)
	}
	if status := p.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}
