package peer

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"syscall"
	"time"
)

// process is a peer that serves.
type process struct {
	command *exec.Cmd
	log     bytes.Buffer // what it wrote to its standard error; to be read once it has ended
	ended   chan struct{}
}

// start starts a command and waits until url answers 200. The process ends with
// ctx at the latest.
func start(ctx context.Context, url, binary string, args ...string) (*process, error) {
	p := &process{command: command(ctx, binary, args...), ended: make(chan struct{})}
	p.command.Stderr = &p.log
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.command.Wait()
		close(p.ended)
	}()
	if err := p.ready(ctx, url); err != nil {
		p.command.Process.Kill()
		<-p.ended
		return nil, fmt.Errorf("%v: %w\n%s", p.command, err, p.log.Bytes())
	}
	return p, nil
}

func (p *process) ready(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !answers(ctx, url) {
		select {
		case <-tick.C:
		case <-p.ended:
			return fmt.Errorf("%v before it served", p.command.ProcessState)
		case <-ctx.Done():
			return fmt.Errorf("does not serve %s: %w", url, ctx.Err())
		}
	}
	return nil
}

func answers(ctx context.Context, url string) bool {
	request, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// stop ends the process and waits for its end.
func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	<-p.ended
	return nil
}
