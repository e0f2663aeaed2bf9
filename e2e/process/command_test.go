package process

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestUsageErrors(t *testing.T) {
	for _, test := range []struct {
		name string
		env  []string
		args []string
		says string
	}{
		{"unknown flag", nil, []string{"-colour=red"}, "-colour"},
		{"unknown command", nil, []string{"start"}, "start"},
		{"address", nil, []string{"-addr=nowhere"}, "-addr"},
		{"address in the environment", []string{"ITEMS_ADDR=nowhere"}, nil, "ITEMS_ADDR"},
		{"store", nil, []string{"-store=mongo:x"}, "-store"},
		{"store in the environment", []string{"ITEMS_STORE=x"}, nil, "ITEMS_STORE"},
		{"connections", nil, []string{"-store-max-conns=0"}, "-store-max-conns"},
		{"a file to migrate", nil, []string{"migrate"}, "name a database by -store or ITEMS_STORE"},
		{"a database to restore", []string{"ITEMS_STORE=postgres://db/items"}, []string{"restore", "-"}, "pg_restore"},
		{"log format", nil, []string{"-log-format=xml"}, "-log-format"},
		{"log format in the environment", []string{"ITEMS_LOG_FORMAT=xml"}, nil, "ITEMS_LOG_FORMAT"},
		{"log level", nil, []string{"-log-level=loud"}, "-log-level"},
		{"log level in the environment", []string{"ITEMS_LOG_LEVEL=loud"}, nil, "ITEMS_LOG_LEVEL"},
		{"shutdown timeout", nil, []string{"-shutdown-timeout=soon"}, "-shutdown-timeout"},
		{"shutdown timeout in the environment", []string{"ITEMS_SHUTDOWN_TIMEOUT=-1s"}, nil, "ITEMS_SHUTDOWN_TIMEOUT"},
		{"shutdown delay", nil, []string{"-shutdown-delay=-1s"}, "-shutdown-delay"},
		{"admin address", nil, []string{"-admin-addr=nowhere"}, "-admin-addr"},
		{"requests in flight", nil, []string{"-max-in-flight=-1"}, "-max-in-flight"},
		{"certificate without a key", nil, []string{"-tls-cert=tls.crt"}, "-tls-key"},
		{"key without a certificate", []string{"ITEMS_TLS_KEY=tls.key"}, nil, "ITEMS_TLS_CERT"},
		{"HTTP/2 with and without TLS", nil, []string{"-h2c", "-tls-cert=c", "-tls-key=k"}, "-h2c"},
		{"shutdown delay in the environment", []string{"ITEMS_SHUTDOWN_DELAY=5"}, nil, "ITEMS_SHUTDOWN_DELAY"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := start(t, append(environment(t.TempDir()), test.env...), test.args...)
			if status := p.Wait(); status != 2 {
				t.Errorf("exit status %d, want 2", status)
			}
			if got := p.stderr.String(); !strings.Contains(got, test.says) {
				t.Errorf("does not name %s: %s", test.says, got)
			}
		})
	}
}

// TestStrayVariables holds that a misspelt setting is told, and what Kubernetes sets
// for a service called items is not.
func TestStrayVariables(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), "ITEMS_LOG_LEVLE=debug", "ITEMS_PORT=tcp://10.0.0.1:80", "ITEMS_SERVICE_HOST=10.0.0.1"))
	p.URL()
	if log := p.stderr.String(); !strings.Contains(log, "nearest=ITEMS_LOG_LEVEL\n") || strings.Count(log, "level=WARN") != 1 {
		t.Errorf("logged:\n%s", log)
	}
}

func TestHelp(t *testing.T) {
	p := start(t, nil, "-h")
	if status := p.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
	help := p.stdout.String() + p.stderr.String()
	var told []string
	for _, line := range regexp.MustCompile(`(?m)^  -(\S+).*\[(\w+)\]$`).FindAllStringSubmatch(help, -1) {
		told = append(told, line[1])
		if variable := "ITEMS_" + strings.ToUpper(strings.ReplaceAll(line[1], "-", "_")); line[2] != variable {
			t.Errorf("the variable of -%s is %s, want %s", line[1], line[2], variable)
		}
	}
	want := []string{
		"access-log", "addr", "admin-addr", "cors-origin", "h2c", "log-format", "log-level", "max-in-flight", "migrate", "read-token-file",
		"require-if-match", "shutdown-delay", "shutdown-timeout", "store", "store-connect-timeout", "store-max-conns", "store-timeout",
		"tls-cert", "tls-key", "write-token-file",
	}
	if !slices.Equal(told, want) {
		t.Errorf("the help tells of %q, want %q:\n%s", told, want, help)
	}
}

func TestVersionCommand(t *testing.T) {
	p := start(t, nil, "version")
	if status := p.Wait(); status != 0 || !strings.Contains(p.stdout.String(), "go1.") {
		t.Errorf("exit status %d: %s", status, p.stdout)
	}
}

func TestHealthcheckCommand(t *testing.T) {
	p := start(t, append(environment(t.TempDir()), "ITEMS_SHUTDOWN_DELAY=1m"))
	address := strings.TrimPrefix(p.URL(), "http://")
	if status := start(t, []string{"ITEMS_ADDR=" + address}, "healthcheck").Wait(); status != 0 {
		t.Errorf("exit status %d beside a ready server, want 0", status)
	}

	p.Signal(syscall.SIGTERM)
	p.await("(msg=draining)")
	wantFailure(t, start(t, []string{"ITEMS_ADDR=" + address}, "healthcheck"), address, "503", "log says why")

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	wantFailure(t, start(t, []string{"ITEMS_ADDR=" + listener.Addr().String()}, "healthcheck"),
		listener.Addr().String(), "nothing listens there", "start the service", "-addr or ITEMS_ADDR")
}

// TestStorePath holds that a relative path means the directory where the user
// typed the command. bazel run goes elsewhere, and tells where that was.
func TestStorePath(t *testing.T) {
	typed, elsewhere := t.TempDir(), t.TempDir()
	for _, test := range []struct {
		name, dir, store string
		env              []string
	}{
		{"a shell", typed, "shell.db", nil},
		{"bazel run", elsewhere, "bazel.db", []string{"BUILD_WORKING_DIRECTORY=" + typed}},
	} {
		t.Run(test.name, func(t *testing.T) {
			env := append(test.env, "ITEMS_ADDR=127.0.0.1:0", "ITEMS_STORE=bolt:"+test.store)
			run(t, env, "env", "--chdir="+test.dir, binary(t)).URL()
			if _, err := os.Stat(filepath.Join(typed, test.store)); err != nil {
				t.Error(err)
			}
		})
	}
}
