package peer

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// TestFlushes holds what each About says of writes that are acknowledged: whether
// each of them was flushed.
func TestFlushes(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("no strace on PATH (Debian's package strace has it)")
	}
	bin := t.TempDir()
	for _, p := range All("../..") {
		if p.Requests.Create == nil {
			continue
		}
		t.Run(p.Name, func(t *testing.T) {
			binary := build(t, p, bin)
			addr, data := freeAddr(t), t.TempDir()
			trace := filepath.Join(t.TempDir(), "trace")
			// Daemonized, strace leaves this process the server's parent.
			serve(t, p, addr, "strace", append([]string{"--daemonize", "--follow-forks", "--trace=fsync,fdatasync",
				"--output=" + trace, binary}, p.Args(addr, data)...)...)
			c := dial(t, addr)
			c.do(p.Requests.Create(host, 1))
			before := flushes(t, trace)
			const creates = 50
			for n := range creates {
				c.do(p.Requests.Create(host, n))
			}
			got := flushes(t, trace) - before
			t.Logf("%d flushes for %d creates", got, creates)
			if flushed := got >= creates; flushed != (p.Name != "pocketbase") {
				t.Errorf("%d flushes for %d creates: %s", got, creates, p.About)
			}
		})
	}
}

// flushes returns the number of flushes that a trace has so far.
func flushes(t *testing.T, trace string) int {
	t.Helper()
	calls, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return len(regexp.MustCompile(`f(data)?sync\(`).FindAll(calls, -1))
}
