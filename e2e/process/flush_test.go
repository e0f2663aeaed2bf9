package process

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// TestAnswerComesAfterFlush holds that the answer to a create leaves the service
// after all that was written to the file has reached the disk: what SIGKILL does
// not show, since the kernel keeps what a process has written.
func TestAnswerComesAfterFlush(t *testing.T) {
	requireStrace(t)
	dir := t.TempDir()
	trace := filepath.Join(dir, "trace")
	// Daemonized, strace leaves this process the server's parent.
	p := run(t, environment(dir), "strace", "--daemonize", "--follow-forks", "--trace=pwrite64,fdatasync,write",
		"--output="+trace, binary(t))
	create(t, p)
	p.Signal(syscall.SIGTERM)
	p.Wait()

	calls := afterListening(t, trace)
	answered := strings.Index(calls, `"HTTP/1.1 201`)
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
