package docker

import (
	"fmt"
	"net/http"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// container is a running container, or one that has ended.
type container struct {
	t   *testing.T
	id  string
	url string
}

// run starts a container, which is removed at the end of the test.
func run(t *testing.T, image string, flags ...string) *container {
	t.Helper()
	args := append(append([]string{"run", "--detach"}, flags...), image)
	c := &container{t: t, id: docker(t, args...)}
	t.Cleanup(c.cleanup)
	return c
}

func (c *container) cleanup() {
	if c.t.Failed() {
		log, _ := exec.Command("docker", "logs", "--tail=20", c.id).CombinedOutput()
		c.t.Logf("end of what the container logged:\n%s", log)
	}
	docker(c.t, "rm", "--force", "--volumes", c.id)
}

func (c *container) URL() string { return c.url }

func (c *container) Signal(signal syscall.Signal) {
	c.t.Helper()
	docker(c.t, "kill", fmt.Sprintf("--signal=%d", signal), c.id)
}

func (c *container) Wait() int {
	c.t.Helper()
	status, err := strconv.Atoi(docker(c.t, "wait", c.id))
	if err != nil {
		c.t.Fatal(err)
	}
	return status
}

// inspect returns a property of the container, named by a Go template.
func (c *container) inspect(template string) string {
	c.t.Helper()
	return docker(c.t, "inspect", "--format="+template, c.id)
}

func (c *container) ready() bool {
	response, err := http.Get(c.url + "/readyz")
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// health returns the condition that the engine finds the container's health so.
func (c *container) health(status string) func() bool {
	return func() bool { return c.inspect("{{.State.Health.Status}}") == status }
}

// await waits for a condition of a running container.
func (c *container) await(failure string, holds func() bool) {
	c.t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if c.inspect("{{.State.Running}}") != "true" {
			c.t.Fatalf("the container %s: %s", failure, c.inspect("{{json .State}}"))
		}
		select {
		case <-tick.C:
		case <-deadline:
			c.t.Fatalf("waited 30 s: the container %s: %s", failure, c.inspect("{{json .State}}"))
		}
	}
}
