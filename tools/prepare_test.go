package tools

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// prepare returns a command that prepares a folder by a shell command, which sees
// it as $1, as the launcher does for its Bazel.
func prepare(t *testing.T, folder, fill string) *exec.Cmd {
	t.Helper()
	if _, err := exec.LookPath("flock"); err != nil {
		t.Skipf("a Bazel is made on Debian only, which has flock: %v", err)
	}
	return exec.Command("bash", "-c", `
		set -euo pipefail
		tools=$PWD
		say() { echo "tools/bazel: $*" >&2; }
		die() { say "$@"; exit 1; }
		source airgap/launch.sh
		prepare "$1" "a thing" bash -euc "$2" fill "$1.partial"
	`, "prepare", folder, fill)
}

func TestPrepareOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a cache", "thing")
	for range 2 {
		if _, stderr, status := output(t, prepare(t, folder, `echo x >>"$1/filled"; echo x >>"$1/../fills"`)); status != 0 {
			t.Fatalf("exit %d\n%s", status, stderr)
		}
	}
	if got := read(t, filepath.Join(folder, "filled")); got != "x\n" {
		t.Errorf("the folder holds %q, want one x", got)
	}
	if got := read(t, filepath.Join(filepath.Dir(folder), "fills")); got != "x\n" {
		t.Errorf("it was filled %d times, want once", strings.Count(got, "x"))
	}
}

// What fails leaves no folder, says why, and is done again.
func TestPrepareAgainAfterFailure(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "thing")
	_, stderr, status := output(t, prepare(t, folder, `touch "$1/half"; echo the reason >&2; exit 7`))
	if status != 1 || !strings.Contains(stderr, "the reason\n") || !strings.Contains(stderr, folder+".log") {
		t.Errorf("exit %d, %q; want exit 1, the reason, and the log", status, stderr)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder is there after a failure")
	}
	wantPreparedAgain(t, folder)
}

// wantPreparedAgain prepares the folder, and checks that nothing of an earlier
// attempt is in it.
func wantPreparedAgain(t *testing.T, folder string) {
	t.Helper()
	if _, stderr, status := output(t, prepare(t, folder, `touch "$1/whole"`)); status != 0 {
		t.Fatalf("exit %d\n%s", status, stderr)
	}
	names := entries(t, folder)
	if len(names) != 1 || names[0] != "whole" {
		t.Errorf("the folder holds %q, want only whole", names)
	}
}

// A killed preparation, which could clean nothing up, is done again as well.
func TestPrepareAgainAfterKill(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "thing")
	ready := pipe(t, filepath.Dir(folder))
	killed := prepare(t, folder, `touch "$1/half"; echo ready >"$1/../ready"; exec sleep 600`)
	killed.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, ready)
	if err := syscall.Kill(-killed.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	killed.Wait()
	wantPreparedAgain(t, folder)
}

// The second of two at once waits, and takes what the first has made.
func TestPrepareTwiceAtOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "thing")
	ready := pipe(t, filepath.Dir(folder))
	first := prepare(t, folder, `echo ready >"$1/../ready"; read -r go; touch "$1/first"`)
	hold, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, ready)

	second := prepare(t, folder, `touch "$1/second"`)
	stderr, err := second.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if want := "tools/bazel: another tools/bazel prepares a thing; waiting for it\n"; line != want {
		t.Errorf("the second says %q (%v), want %q", line, err, want)
	}
	hold.Write([]byte("go\n"))
	if err := first.Wait(); err != nil {
		t.Error(err)
	}
	if err := second.Wait(); err != nil {
		t.Error(err)
	}
	names := entries(t, folder)
	if len(names) != 1 || names[0] != "first" {
		t.Errorf("the folder holds %q, want only first", names)
	}
}

// pipe makes a named pipe in a directory by which a preparation says that it is
// under way, and returns its path.
func pipe(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "ready")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func await(t *testing.T, pipe string) {
	t.Helper()
	if got, err := os.ReadFile(pipe); err != nil || !bytes.Equal(got, []byte("ready\n")) {
		t.Fatalf("%q, %v", got, err)
	}
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range found {
		names = append(names, entry.Name())
	}
	return names
}
