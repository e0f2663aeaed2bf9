package process

import (
	"io"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a process may take for what it does at once.
const patience = 30 * time.Second

// process is a running server, or one that has ended.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	stdout *output
	stderr *output
	ended  chan struct{}
}

// start runs the binary under test with no environment but env. The process
// ends with the test at the latest.
func start(t testing.TB, env []string, args ...string) *process {
	t.Helper()
	return run(t, env, append([]string{binary(t)}, args...)...)
}

// run runs a command that becomes the binary under test.
func run(t testing.TB, env []string, command ...string) *process {
	t.Helper()
	return pipe(t, env, nil, command...)
}

// pipe runs a command that reads from stdin, unless that is nil.
func pipe(t testing.TB, env []string, stdin io.Reader, command ...string) *process {
	t.Helper()
	p := &process{t, exec.Command(command[0], command[1:]...), newOutput(), newOutput(), make(chan struct{})}
	p.cmd.Env = append([]string{}, env...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = stdin, p.stdout, p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(p.cleanup)
	return p
}

func (p *process) cleanup() {
	p.cmd.Process.Kill()
	<-p.ended
	if p.t.Failed() {
		log := strings.SplitAfter(p.stderr.String(), "\n")
		p.t.Logf("end of what %s logged:\n%s", strings.Join(p.cmd.Args, " "), strings.Join(log[max(0, len(log)-20):], ""))
	}
}

// URL waits until the server says where it listens.
func (p *process) URL() string {
	p.t.Helper()
	return p.await(`msg=listening .*\burl=(\S+)/`)
}

// await waits until the server logs what the pattern matches. It returns the
// pattern's group.
func (p *process) await(pattern string) string {
	p.t.Helper()
	re := regexp.MustCompile(pattern)
	deadline := time.After(patience)
	for {
		grown := p.stderr.grown()
		if match := re.FindStringSubmatch(p.stderr.String()); match != nil {
			return match[1]
		}
		select {
		case <-grown:
		case <-p.ended:
			p.t.Fatalf("%v before it logged %s", p.cmd.ProcessState, pattern)
		case <-deadline:
			p.t.Fatalf("did not log %s", pattern)
		}
	}
}

// Signal sends a signal.
func (p *process) Signal(signal syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil {
		p.t.Fatal(err)
	}
}

// Wait waits for the end. The status is -1 where a signal ended the process.
func (p *process) Wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("the server does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}
