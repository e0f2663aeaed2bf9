package deploy

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nginx runs Debian's nginx with nginx.conf before replicas at addresses of loopback, and returns
// its URL. It ends with the test. The test is skipped where there is no nginx, and fails
// instead where ITEMS_REQUIRE_NGINX is set.
//
// Debian's may be too old for the parameter resolve, so that it is not told to look up names.
func nginx(t *testing.T, replicas ...string) string {
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
	config, err := os.ReadFile("nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	dir, ln := t.TempDir(), listen(t)
	file, err := ln.File() // which nginx takes over: so no other program can take the port
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	adapted := strings.NewReplacer("items-1:8080 resolve", replicas[0], "items-2:8080 resolve", replicas[1],
		"listen 8080;", "listen "+ln.Addr().String()+";", "/tmp/", dir+"/", "/dev/stderr", "stderr", "worker_processes auto;",
		"worker_processes 2; daemon off;"+asRoot()).Replace(string(config))
	path := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(adapted), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "-p", dir, "-c", path, "-e", "stderr")
	command.ExtraFiles = []*os.File{file}
	command.Env = []string{"NGINX=3;"} // as it hands over its own listeners to a new version of itself
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(syscall.SIGTERM)
		command.Wait()
		if t.Failed() {
			t.Logf("nginx said:\n%s", output.String())
		}
	})
	ln.Close()
	return "http://" + ln.Addr().String()
}

// asRoot lets the workers of a master that is root enter the folder of the test.
func asRoot() string {
	if os.Getuid() == 0 {
		return " user root;"
	}
	return ""
}

// listen listens at a free port of loopback.
func listen(t *testing.T) *net.TCPListener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	return ln.(*net.TCPListener)
}

// fake serves a replica that behaves as no real one does when it is wanted to, and returns its address.
func fake(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// away returns an address at which nothing listens.
func away(t *testing.T) string {
	t.Helper()
	ln := listen(t)
	ln.Close()
	return ln.Addr().String()
}

// send sends a request and returns what is answered.
func send(t *testing.T, method, url, body string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// wantStatus holds that each of some requests is answered so.
func wantStatus(t *testing.T, requests int, method, url, body string, want int) {
	t.Helper()
	for range requests {
		if resp := send(t, method, url, body); resp.StatusCode != want {
			t.Fatalf("%s %s is answered with %d, want %d", method, url, resp.StatusCode, want)
		}
	}
}

// drop ends the connection of a request without an answer.
func drop(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	conn.Close()
}

// item is a body that the service takes.
func item(name string) string { return fmt.Sprintf(`{"name":%q}`, name) }
