package process

import (
	"bufio"
	"net/http"
	"os/exec"
	"regexp"
	"testing"
)

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
