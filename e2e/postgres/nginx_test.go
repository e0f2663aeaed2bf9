package postgres

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/items/pgstore/pgtest"
)

// nginx runs Debian's nginx before two services at ports of loopback, as deploy does, with
// nothing of the machine's own configuration, and returns its URL. It ends with the test. The test is
// skipped where there is no nginx, and fails instead where ITEMS_REQUIRE_NGINX is set.
func nginx(t testing.TB, ports [2]int) string {
	t.Helper()
	program, err := exec.LookPath("nginx")
	if err != nil {
		program, err = exec.LookPath("/usr/sbin/nginx") // not in everyone's PATH
	}
	switch {
	case err == nil:
	case os.Getenv("ITEMS_REQUIRE_NGINX") != "":
		t.Fatalf("no nginx: %v", err)
	default:
		t.Skipf("no nginx (Debian's package nginx-light): %v", err)
	}

	dir, port := t.TempDir(), pgtest.FreePort(t)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(nginxConfig(t, dir, port, ports)), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, syscall.SIGTERM, program, "-p", dir, "-c", file, "-e", "stderr", "-g", "daemon off;")
	url := fmt.Sprintf("http://127.0.0.1:%d", port)
	c := newClient(t, url)
	blackbox.Eventually(t, patience, "nginx answers", func() bool { return c.status("/readyz") == 200 })
	return url
}

// nginxConfig returns deploy's nginx.conf for services at ports. It leaves a replica alone
// for less time, since the test's drain for less, and has not the names of containers,
// which Debian's version would not look up again.
func nginxConfig(t testing.TB, dir string, listen int, ports [2]int) string {
	t.Helper()
	read, err := os.ReadFile("../../deploy/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	config := string(read)
	for _, change := range [][2]string{
		{"resolver 127.0.0.11", "# resolver 127.0.0.11"},
		{"items-1:8080 resolve", fmt.Sprintf("127.0.0.1:%d", ports[0])},
		{"items-2:8080 resolve", fmt.Sprintf("127.0.0.1:%d", ports[1])},
		{"fail_timeout=5s;", "fail_timeout=3s;"},
		{"listen 8080;", fmt.Sprintf("listen 127.0.0.1:%d;", listen)},
		{" /tmp/", " " + dir + "/"},
	} {
		if !strings.Contains(config, change[0]) {
			t.Fatalf("deploy/nginx.conf has no %q", change[0])
		}
		config = strings.ReplaceAll(config, change[0], change[1])
	}
	if os.Getuid() == 0 {
		config = "user root; # of the test, whose folder nobody else enters\n" + config
	}
	return config
}

// run runs a program until the test ends, which then sends it a signal. What the
// program says is told where the test fails.
func run(t testing.TB, end syscall.Signal, program string, args ...string) {
	t.Helper()
	command := exec.Command(program, args...)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(end)
		command.Wait()
		if t.Failed() && output.Len() > 0 {
			t.Logf("%s said:\n%s", program, output.Bytes()[max(0, output.Len()-4000):])
		}
	})
}
