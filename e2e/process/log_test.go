package process

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// TestEveryRequestIsLogged holds that a service which ends has logged each request
// once, and none where that is not wanted.
func TestEveryRequestIsLogged(t *testing.T) {
	const clients, each = 8, 50
	for setting, want := range map[string]int{"ITEMS_ACCESS_LOG=true": clients * each, "ITEMS_ACCESS_LOG=false": 0} {
		t.Run(setting, func(t *testing.T) {
			p := start(t, append(environment(t.TempDir()), setting))
			url := p.URL() + "/livez"
			var all sync.WaitGroup
			for range clients {
				all.Go(func() {
					for range each {
						response, err := http.Get(url)
						if err != nil {
							t.Error(err)
							return
						}
						response.Body.Close()
					}
				})
			}
			all.Wait()
			p.Signal(syscall.SIGTERM)
			if status := p.Wait(); status != 0 {
				t.Errorf("exit status %d", status)
			}
			if got := strings.Count(p.stderr.String(), " msg=request method=GET route=/livez path=/livez status=200 "); got != want {
				t.Errorf("%d requests are logged, want %d", got, want)
			}
		})
	}
}

// TestLogReaderGoesAway holds that a service whose log no one reads any more goes
// on to serve.
func TestLogReaderGoesAway(t *testing.T) {
	server := exec.Command(binary(t))
	server.Env = environment(t.TempDir())
	log, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		server.Process.Kill()
		server.Wait()
	}()
	line, err := bufio.NewReader(log).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	log.Close()
	url := regexp.MustCompile(`url=(\S+)`).FindStringSubmatch(line)[1]
	for range 2 {
		response, err := http.Get(url + "livez")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Error(response.Status)
		}
	}
}

// TestLogReaderIsStuck holds that a service ends in time although whoever reads its
// log takes no more, and with the status that it would have otherwise.
func TestLogReaderIsStuck(t *testing.T) {
	for name, want := range map[string]int{"idle": 0, "request in flight": 1} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log")
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
			log, err := os.OpenFile(path, os.O_RDWR, 0) // so that it opens before the server writes
			if err != nil {
				t.Fatal(err)
			}
			defer log.Close()
			env := append(environment(t.TempDir()), "ITEMS_SHUTDOWN_TIMEOUT=2s")
			p := run(t, env, "/bin/sh", "-c", `exec "$0" 2> "$1"`, binary(t), path)
			line, err := bufio.NewReader(log).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(p.stderr, line)
			if want != 0 {
				hold(t, p)
			}
			fill(t, path)
			response, err := http.Get(p.URL() + "/livez") // whose line is not taken
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			p.Signal(syscall.SIGTERM)
			if status := p.Wait(); status != want {
				t.Errorf("exit status %d, want %d", status, want)
			}
		})
	}
}

// fill writes to a pipe until it takes no more.
func fill(t *testing.T, path string) {
	t.Helper()
	pipe, err := syscall.Open(path, syscall.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(pipe)
	for err == nil {
		_, err = syscall.Write(pipe, []byte("\n"))
	}
	if err != syscall.EAGAIN {
		t.Fatal(err)
	}
}
