package deploy

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// binary is what the manifests have to know of the binary and its image.
type binary struct {
	settings map[string]string // defaults by variable, empty where there is none
	commands []string
	uid, gid string
}

// binaryFacts asks the binary, and reads the one place that names its user.
var binaryFacts = sync.OnceValues(func() (binary, error) {
	help, err := exec.Command(os.Getenv(binaryVariable), "-h").Output()
	if err != nil {
		return binary{}, err
	}
	b := binary{settings: make(map[string]string)}
	byDefault := regexp.MustCompile(`\(default (.*)\)\n$`)
	for _, match := range regexp.MustCompile(`(?m)^  -\S+.*\[(\w+)\]\n((?:        .*\n)+)`).FindAllSubmatch(help, -1) {
		value := ""
		if found := byDefault.FindSubmatch(match[2]); found != nil {
			value = string(found[1])
		}
		b.settings[string(match[1])] = value
	}
	for _, match := range regexp.MustCompile(`(?m)^  server ([a-z]+)\b`).FindAllSubmatch(help, -1) {
		b.commands = append(b.commands, string(match[1]))
	}
	image, err := os.ReadFile("../image/BUILD.bazel")
	if err != nil {
		return binary{}, err
	}
	ids := regexp.MustCompile(`(?m)^UID = (\d+)\n\nGID = (\d+)$`).FindSubmatch(image)
	if ids != nil {
		b.uid, b.gid = string(ids[1]), string(ids[2])
	}
	return b, nil
})

// facts returns what is known of the binary.
func facts(t testing.TB) binary {
	t.Helper()
	b, err := binaryFacts()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A binary of which nothing is known would let everything pass, or nothing.
func TestBinaryFacts(t *testing.T) {
	b := facts(t)
	if b.uid == "" || b.uid == "0" || b.gid == "" {
		t.Errorf("user %q and group %q: none found in image/BUILD.bazel", b.uid, b.gid)
	}
	if b.settings["ITEMS_ADDR"] != ":8080" || len(b.settings) < 10 {
		t.Errorf("settings %q: not what -h prints", b.settings)
	}
}

// accepts returns what the binary says to settings that it does not take.
func accepts(settings map[string]string) (complaint string) {
	command := exec.Command(os.Getenv(binaryVariable), "-h")
	for name, value := range settings {
		command.Env = append(command.Env, name+"="+value)
	}
	output, err := command.CombinedOutput()
	if err != nil {
		return strings.TrimSpace(string(output))
	}
	return ""
}

// serve starts the binary at a free port of loopback, with a file of its own, and returns
// its URL. It ends with the test.
func serve(t *testing.T) string {
	t.Helper()
	command := exec.Command(os.Getenv(binaryVariable), "-addr", "127.0.0.1:0", "-log-format", "json",
		"-store", "bolt:"+t.TempDir()+"/items.db")
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(syscall.SIGTERM)
		command.Wait()
	})
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		var line struct{ Msg, Addr string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "listening" {
			go func() {
				for lines.Scan() { // so that the log never blocks it
				}
			}()
			return "http://" + line.Addr
		}
	}
	t.Fatal("the server does not listen")
	return ""
}

// status returns what a URL answers.
func status(t *testing.T, url string) int {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}
