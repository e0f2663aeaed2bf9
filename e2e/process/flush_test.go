package process

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// TestAnswerComesAfterFlush holds that the answer to a write leaves the service after
// all that was written to the file has reached the disk: what SIGKILL does not
// show, since the kernel keeps what a process has written.
func TestAnswerComesAfterFlush(t *testing.T) {
	requireStrace(t)
	for _, test := range []struct{ method, path, mediaType, body, answer string }{
		{http.MethodPost, "/api/items", "application/json", `{"name":"x"}`, "201"},
		{http.MethodPost, "/api/items", "application/x-ndjson", `{"name":"x"}`, "200"},
		{http.MethodPut, "/api/items/1", "application/json", `{"name":"y"}`, "200"},
		{http.MethodPatch, "/api/items/1", "application/merge-patch+json", `{"name":"y"}`, "200"},
		{http.MethodDelete, "/api/items/1", "", "", "204"},
	} {
		t.Run(test.method+" "+test.mediaType, func(t *testing.T) {
			dir := t.TempDir()
			trace := filepath.Join(dir, "trace")
			// Daemonized, strace leaves this process the server's parent.
			p := run(t, environment(dir), "strace", "--daemonize", "--follow-forks", "--trace=pwrite64,fdatasync,write",
				"--output="+trace, binary(t))
			create(t, p)
			request, err := http.NewRequestWithContext(t.Context(), test.method, p.URL()+test.path, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", test.mediaType)
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, response.Body); err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			p.Signal(syscall.SIGTERM)
			p.Wait()

			_, calls, _ := strings.Cut(afterListening(t, trace), `"HTTP/1.1 201`) // of the item to change
			wantFlush(t, calls, `"HTTP/1.1 `+test.answer)
		})
	}
}

// wantFlush checks that calls have a write to the file before the answer, and a flush
// between.
func wantFlush(t *testing.T, calls, answer string) {
	t.Helper()
	answered := strings.Index(calls, answer)
	if answered < 0 {
		t.Fatalf("no answer in the trace:\n%s", calls)
	}
	written := strings.LastIndex(calls[:answered], "pwrite64(")
	if written < 0 {
		t.Fatalf("nothing was written before the answer:\n%s", calls)
	}
	if !regexp.MustCompile(`fdatasync(\(\d+\)| resumed>\)) += 0`).MatchString(calls[written:answered]) {
		t.Errorf("no flush between the last write and the answer:\n%s", calls)
	}
}

// afterListening returns what a server called after it began to serve.
func afterListening(t *testing.T, trace string) string {
	t.Helper()
	all, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	begin := strings.LastIndex(string(all), "level=INFO msg=li")
	return string(all[max(begin, 0):])
}

// requireStrace skips the test without strace, and fails it instead where
// ITEMS_REQUIRE_STRACE is set.
func requireStrace(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("strace"); err == nil {
		return
	}
	if os.Getenv("ITEMS_REQUIRE_STRACE") != "" {
		t.Fatal("no strace on PATH")
	}
	t.Skip("no strace on PATH (Debian's package strace has it)")
}
