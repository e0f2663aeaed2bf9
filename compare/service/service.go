// Package service runs the service's image as a container, and asks it over HTTP.
package service

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"syscall"
	"time"

	"example.com/multistage/compare/engine"
)

// stopPatience is how long engines wait by default before they kill.
const stopPatience = 10 * time.Second

// Service is the service in a container, ready.
//
// The container shares the network of this machine, which works with engines that have no bridge, and for
// engines on this machine only.
type Service struct {
	Client
	Ready     time.Duration // from before docker run until the first 200 was read
	container *engine.Container
}

// Start runs an image with its data in a volume and waits until it is ready. Flags are those of docker run.
// It returns a Broken where it is not, or is not run. Close removes the container; one that the engine could
// not start stays for Sweep.
func Start(ctx context.Context, e *engine.Engine, image, volume string, flags ...string) (*Service, error) {
	address, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	ready := make(chan time.Time, 1)
	begin := time.Now()
	go func() {
		at, _ := Await(asking, address, "/readyz")
		ready <- at
	}()
	container, err := e.Run(ctx, image, append(settings(address, volume), flags...)...)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		return nil, refusal(err)
	}
	s := &Service{Client: NewClient(address), container: container}
	at, err := s.await(ctx, ready)
	if err != nil {
		return nil, errors.Join(s.Explain(ctx, err), s.Close())
	}
	s.Ready = at.Sub(begin)
	return s, nil
}

// settings are the flags of all containers.
func settings(address, volume string) []string {
	return []string{
		"--network=host", "--volume=" + volume + ":/data",
		// Images differ in what they set.
		"--env=ITEMS_ADDR=" + address, "--env=ITEMS_STORE=bolt:/data/items.db", "--no-healthcheck",
	}
}

// await returns when the service was ready.
func (s *Service) await(ctx context.Context, ready <-chan time.Time) (time.Time, error) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case at := <-ready:
			if ctx.Err() != nil {
				return at, context.Cause(ctx)
			}
			if at.IsZero() {
				return at, Broken(fmt.Sprintf("not ready after %v", patience))
			}
			return at, nil
		case <-tick.C:
			running, err := s.container.Inspect(ctx, "{{.State.Running}}")
			if err != nil {
				return time.Time{}, err // of the engine: it says nothing of the image
			}
			if running != "true" {
				return time.Time{}, Broken("not ready")
			}
		}
	}
}

// Process returns the container's program.
func (s *Service) Process(ctx context.Context) (Process, error) {
	pid, err := s.container.Inspect(ctx, "{{.State.Pid}}")
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(pid)
	return Process(n), err
}

// Explain returns why the service failed: where its container has ended, a Broken that tells how.
func (s *Service) Explain(ctx context.Context, err error) error {
	state, failed := s.container.Inspect(ctx, "{{.State.Running}} {{.State.OOMKilled}} {{.State.ExitCode}}")
	var running, oom bool
	var code int
	if failed != nil {
		return errors.Join(err, failed)
	}
	if _, failed := fmt.Sscan(state, &running, &oom, &code); failed != nil || running {
		return errors.Join(err, failed)
	}
	if oom {
		return Broken("killed: it wants more memory than it may have")
	}
	return Broken(fmt.Sprintf("ended with exit code %d: %s", code, lastLine(s.container.Log())))
}

// Stop is how a container ended.
type Stop struct {
	Took time.Duration // from before SIGTERM was asked for until the end of the container
	Code int           // exit code
}

// Stop sends SIGTERM and waits for the end of the container. It returns a Broken where that does not come
// before engines kill.
func (s *Service) Stop(ctx context.Context) (Stop, error) {
	s.Client.Close()
	begin := time.Now()
	if err := s.container.Signal(ctx, syscall.SIGTERM); err != nil {
		return Stop{}, err
	}
	return s.Ended(ctx, begin)
}

// Signal sends a signal and does not wait.
func (s *Service) Signal(ctx context.Context, signal syscall.Signal) error {
	return s.container.Signal(ctx, signal)
}

// Ended waits for the end of a container that was asked for it at begin.
func (s *Service) Ended(ctx context.Context, begin time.Time) (Stop, error) {
	waiting, cancel := context.WithTimeoutCause(ctx, stopPatience, Broken(fmt.Sprintf("still runs %v after SIGTERM", stopPatience)))
	defer cancel()
	code, err := s.container.Wait(waiting)
	if err != nil {
		return Stop{}, err
	}
	// The engine's clock is this machine's; it knows the end before its command line tells of it.
	finished, err := s.container.Inspect(ctx, "{{.State.FinishedAt}}")
	if err != nil {
		return Stop{}, err
	}
	end, err := time.Parse(time.RFC3339Nano, finished)
	return Stop{end.Sub(begin), code}, err
}

// Close removes the container, whether it runs or not.
func (s *Service) Close() error {
	s.Client.Close()
	return s.container.Remove()
}
