package round

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"example.com/multistage/bench/peer"

	"example.com/multistage/bench/probe"
)

const (
	// startPatience is how long a service may take until it is ready: some check
	// their data before.
	startPatience = 2 * time.Minute
	// stopPatience is how long a service may take after SIGTERM.
	stopPatience = 30 * time.Second
	// between is the time between two questions whether a service is ready.
	between = 100 * time.Microsecond
)

// service is a running server.
type service struct {
	cmd   *exec.Cmd
	ended chan struct{}
	log   string // path of the file that it writes its log to
	// ready is how long it took from before its start to its first answer with 200.
	ready time.Duration
}

// start runs a command line that serves on addr, and waits until it is ready. What it
// prints goes to a new file at log. It ends with this process at the latest.
func start(ctx context.Context, args []string, addr, path, log string) (*service, error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	cmd := exec.Command(args[0], args[1:]...)
	peer.Isolate(cmd)
	cmd.Stdout, cmd.Stderr = output, output
	s := &service{cmd: cmd, ended: make(chan struct{}), log: log}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		cmd.Wait()
		close(s.ended)
	}()
	if err := s.await(ctx, addr, path); err != nil {
		s.stop()
		return nil, fmt.Errorf("%s: %w%s", strings.Join(args, " "), err, s.tail())
	}
	s.ready = time.Since(begin)
	return s, nil
}

// await asks until the answer is 200.
func (s *service) await(ctx context.Context, addr, path string) error {
	var last error
	for begin := time.Now(); time.Since(begin) < startPatience; time.Sleep(between) {
		if last = ask(addr, path); last == nil {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("it ended before it was ready (%v)", s.cmd.ProcessState)
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
	}
	return fmt.Errorf("it is not ready after %v: %w", startPatience, last)
}

// ask returns nil where a GET is answered with 200.
func ask(addr, path string) error {
	conn, err := net.DialTimeout("tcp4", addr, time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, addr); err != nil {
		return err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return nil
}

// process returns what the system tells of the service.
func (s *service) process() probe.Process {
	return probe.Process(s.cmd.Process.Pid)
}

// stop ends the service and waits for its end. It returns an error where the service did
// not end when it was asked to.
func (s *service) stop() error {
	s.cmd.Process.Signal(syscall.SIGTERM) // fails where it has ended already
	select {
	case <-s.ended:
		return nil
	case <-time.After(stopPatience):
	}
	s.cmd.Process.Kill()
	<-s.ended
	return fmt.Errorf("%s did not end within %v of SIGTERM", s.cmd.Path, stopPatience)
}

// tail returns the last lines of the log, each after a line's end.
func (s *service) tail() string {
	text, err := os.ReadFile(s.log)
	if err != nil || len(text) == 0 {
		return ""
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte{'\n'})
	lines = lines[max(len(lines)-10, 0):]
	return "\n    " + string(bytes.Join(lines, []byte("\n    ")))
}
