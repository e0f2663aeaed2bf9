package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"example.com/multistage/compare/result"
	"example.com/multistage/compare/service"
)

const (
	// connections and times are the load: reads and writes by each connection.
	connections, times = 8, 250
	// first is how often a container that idles was asked before.
	first = 5
)

// subject is an image that is measured.
type subject struct {
	options Options
	image   string
	program string // of the image, on this machine
	run     result.Run
}

// newSubject takes the program out of the image.
func newSubject(ctx context.Context, o Options, image, program string) (*subject, error) {
	entrypoint, err := o.Engine.Docker(ctx, "image", "inspect", "--format={{json .Config.Entrypoint}}", image)
	if err != nil {
		return nil, err
	}
	var command []string
	if err := json.Unmarshal([]byte(entrypoint), &command); err != nil || len(command) != 1 {
		return nil, fmt.Errorf("the entry point is %s, want the service alone", entrypoint)
	}
	container, err := o.Engine.Create(ctx, image)
	if err != nil {
		return nil, err
	}
	err = errors.Join(container.Copy(ctx, command[0], program), container.Remove())
	return &subject{options: o, image: image, program: program}, err
}

// round takes all values of a round.
func (s *subject) round(ctx context.Context, dir string) error {
	for range starts {
		took, err := startItems(ctx, s.program, dir)
		if err != nil {
			return err
		}
		s.run.Process = append(s.run.Process, took.Seconds())
		if took, err = startHello(ctx, s.options.Hello, dir); err != nil {
			return err
		}
		s.run.Hello = append(s.run.Hello, took.Seconds())
	}
	volume, err := s.options.Engine.Volume(ctx)
	if err != nil {
		return err
	}
	c, err := service.Start(ctx, s.options.Engine, s.image, volume)
	if err != nil {
		return err
	}
	s.run.Container = append(s.run.Container, c.Ready.Seconds())
	err = s.watch(ctx, c)
	if err != nil && ctx.Err() == nil {
		err = c.Explain(ctx, err)
	}
	return errors.Join(err, c.Close())
}

// watch takes the values of a container, until its end.
func (s *subject) watch(ctx context.Context, c *service.Service) error {
	p, err := c.Process(ctx)
	if err != nil {
		return err
	}
	if err := c.Load(ctx, 1, first); err != nil {
		return err
	}
	idle, err := settled(ctx, func() (int64, error) { return p.Memory("VmRSS") })
	if err != nil {
		return err
	}
	if err := c.Load(ctx, connections, times); err != nil {
		return err
	}
	// The system keeps the most: no sample misses it.
	load, err := p.Memory("VmHWM")
	if err != nil {
		return err
	}
	stop, err := c.Stop(ctx)
	if err != nil {
		return err
	}
	s.run.IdleRSS, s.run.LoadRSS = append(s.run.IdleRSS, float64(idle)), append(s.run.LoadRSS, float64(load))
	s.run.Stop, s.run.ExitCodes = append(s.run.Stop, stop.Took.Seconds()), append(s.run.ExitCodes, stop.Code)
	return nil
}

// settled returns a value once it was the same three times in a row, a tenth of a second apart, or after three
// seconds.
func settled(ctx context.Context, read func() (int64, error)) (int64, error) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	last, same := int64(-1), 0
	for range 30 {
		value, err := read()
		if err != nil {
			return 0, err
		}
		if value != last {
			same = 0
		}
		if last, same = value, same+1; same == 3 {
			break
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		}
	}
	return last, nil
}
