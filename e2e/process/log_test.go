package process

import (
	"bufio"
	"net/http"
	"os/exec"
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
