package ops

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/multistage/server/route"
)

// admin returns the routes of operators.
func admin(vars Vars) http.Handler {
	return route.New(AdminRoutes(NewMetrics(Version{}), vars, brokenSnapshots{}, slog.New(slog.DiscardHandler)))
}

// TestList checks that / names each other path.
func TestList(t *testing.T) {
	routes := AdminRoutes(NewMetrics(Version{}), Vars{}, brokenSnapshots{}, slog.New(slog.DiscardHandler))
	rec := httptest.NewRecorder()
	route.New(routes).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	if rec.Code != 200 || rec.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
	lines := strings.Split(rec.Body.String(), "\n")
	for _, r := range routes {
		path := strings.TrimSuffix(r.Path, "{$}")
		if path != "/" && !slices.Contains(lines, path) {
			t.Errorf("no %s in:\n%s", path, rec.Body)
		}
	}
	if len(lines) != len(routes) || !slices.Contains(lines, "/metrics") || !slices.Contains(lines, "/debug/pprof/") {
		t.Errorf("%d routes:\n%s", len(routes), rec.Body)
	}
}

func TestVars(t *testing.T) {
	vars := Vars{
		Version: Version{"v1.2.3", "abc", "go1"},
		Flags:   map[string]string{"write-token-file": "/tokens"},
		Start:   time.Now().Add(-time.Hour),
	}
	rec := httptest.NewRecorder()
	admin(vars).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/debug/vars", nil))
	var got struct {
		Version    string
		Revision   string
		Go         string
		OS         string
		Arch       string
		Flags      map[string]string
		GOMAXPROCS int
		PID        int
		Uptime     float64 `json:"uptime_seconds"`
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, rec.Body)
	}
	if got.Version != "v1.2.3" || got.Revision != "abc" || got.Go != "go1" || got.OS == "" || got.Arch == "" ||
		got.Flags["write-token-file"] != "/tokens" || got.GOMAXPROCS < 1 || got.PID != os.Getpid() || got.Uptime < 3600 {
		t.Errorf("%s", rec.Body)
	}
}

// TestProfiles checks that each profile of the index is there, and that go tool
// pprof can read it, which is compressed by gzip.
func TestProfiles(t *testing.T) {
	h := admin(Vars{})
	get := func(path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
		return rec
	}
	index := get("/debug/pprof/").Body.String()
	for line := range strings.Lines(index) {
		path := strings.Fields(line)[0]
		if path == "/debug/pprof/trace" || path == "/debug/pprof/profile" {
			path += "?seconds=1"
		}
		rec := get(path)
		if rec.Code != 200 || rec.Header().Get("Content-Type") != "application/octet-stream" {
			t.Errorf("%s: %d %v", path, rec.Code, rec.Header())
		}
		if body := rec.Body.String(); !strings.HasPrefix(body, "\x1f\x8b") && !strings.HasPrefix(body, "go 1.") {
			t.Errorf("%s: %.20q", path, body)
		}
	}
	for _, name := range []string{"heap", "goroutine", "allocs", "mutex", "block", "profile", "trace"} {
		if !strings.Contains(index, "/debug/pprof/"+name+" ") {
			t.Errorf("no %s in the index:\n%s", name, index)
		}
	}
	for path, want := range map[string]int{
		"goroutine?debug=2": 200, "heap?gc=1&debug=1": 200, "nothing": 404,
		"heap?seconds=1": 400, "heap?debug=x": 400, "profile?seconds=0": 400, "profile?seconds=301": 400, "trace?seconds=x": 400,
	} {
		if rec := get("/debug/pprof/" + path); rec.Code != want {
			t.Errorf("%s: %d, want %d", path, rec.Code, want)
		}
	}
}

// TestOneProfileAtATime checks that a second profile is refused, not mixed into
// the first.
func TestOneProfileAtATime(t *testing.T) {
	if err := pprof.StartCPUProfile(io.Discard); err != nil {
		t.Fatal(err)
	}
	defer pprof.StopCPUProfile()
	rec := httptest.NewRecorder()
	admin(Vars{}).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/debug/pprof/profile", nil))
	if rec.Code != 409 || rec.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
}

// TestProfileOutlastsTheDeadline checks that a profile may take longer than the
// server lets other responses take.
func TestProfileOutlastsTheDeadline(t *testing.T) {
	server := httptest.NewUnstartedServer(admin(Vars{}))
	server.Config.WriteTimeout = 500 * time.Millisecond
	server.Start()
	defer server.Close()
	resp, err := server.Client().Get(server.URL + "/debug/pprof/profile?seconds=1")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || len(body) == 0 {
		t.Errorf("%d bytes, %v", len(body), err)
	}
}
