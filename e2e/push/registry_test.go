package push

import (
	"bufio"
	"bytes"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// registry is a running registry of the distribution project: a process.
type registry struct {
	url  *url.URL
	kill func()
}

// startRegistry starts a registry with its files in a directory. Flags are those
// of e2e/registry. It ends with the test at the latest.
func startRegistry(t *testing.T, dir string, flags ...string) registry {
	t.Helper()
	command := exec.Command(runfile(t, "ITEMS_REGISTRY"), append([]string{"-dir=" + dir}, flags...)...)
	var log bytes.Buffer
	command.Stderr = &log
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	// Requests that run at the same time may each kill it.
	kill := sync.OnceFunc(func() {
		command.Process.Kill()
		command.Wait()
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		kill()
		t.Fatalf("the registry does not start: %v\n%s", err, &log)
	}
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		t.Fatalf("the registry says %q", line)
	}
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return registry{parsed, kill}
}

// runfile returns the path of what Bazel built, which a variable names.
func runfile(t *testing.T, variable string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skip("the image and its push are built by Bazel: bazel test //e2e/push:all")
	}
	return filepath.Join(os.Getenv("TEST_SRCDIR"), path)
}
