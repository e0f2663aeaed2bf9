package hostile

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/result"
	"example.com/multistage/compare/service"
)

// Check runs each image in each case, all images at once, since most of the time is the engine's. The results are
// in the order of the images. The error is of the engine, or the cause of ctx; what an image does wrong is in the
// results. Nothing is left when it returns.
func Check(ctx context.Context, e *engine.Engine, images []string, progress func(format string, args ...any)) (results [][]result.Hostile, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer func() { err = errors.Join(err, e.Sweep(context.WithoutCancel(ctx))) }()
	results = make([][]result.Hostile, len(images))
	var wg sync.WaitGroup
	for i, image := range images {
		wg.Go(func() {
			var err error
			if results[i], err = check(ctx, e, image, progress); err != nil {
				cancel(err) // of which the first counts
			}
		})
	}
	wg.Wait()
	return results, context.Cause(ctx)
}

// check runs an image in each case.
func check(ctx context.Context, e *engine.Engine, image string, progress func(format string, args ...any)) (results []result.Hostile, err error) {
	for _, c := range Cases() {
		progress("hostile: %s: %s", image, c.Name)
		r := result.Hostile{Name: c.Name, Passed: true}
		if err := try(ctx, e, image, c); err != nil {
			broken, is := errors.AsType[service.Broken](err)
			if ctx.Err() != nil || !is {
				return nil, fmt.Errorf("%s: %s: %w", image, c.Name, err)
			}
			r.Passed, r.Reason = false, string(broken)
		}
		results = append(results, r)
	}
	return results, nil
}

// try runs an image in a case: it must become ready, create and read, end when it is asked to, and have all
// that it acknowledged when it runs again.
func try(ctx context.Context, e *engine.Engine, image string, c Case) error {
	volume, err := e.Volume(ctx)
	if err != nil {
		return err
	}
	made := make(ledger)
	err = during(ctx, e, image, volume, c, func(s *service.Service) error {
		if err := fill(ctx, s, made); err != nil {
			return err
		}
		if c.MidWrite {
			return stopMidWrite(ctx, s, made)
		}
		return stop(ctx, s)
	})
	if err != nil {
		return err
	}
	return during(ctx, e, image, volume, c, func(s *service.Service) error {
		there, err := s.All(ctx)
		if err != nil {
			return err
		}
		if err := made.in(there); err != nil {
			return err
		}
		return stop(ctx, s)
	})
}

// during does something while a container runs.
func during(ctx context.Context, e *engine.Engine, image, volume string, c Case, do func(*service.Service) error) error {
	s, err := service.Start(ctx, e, image, volume, c.Flags...)
	if err != nil {
		return err
	}
	p, err := s.Process(ctx)
	if err == nil {
		err = c.InForce(p)
	}
	if err == nil {
		err = do(s)
	}
	if err != nil && ctx.Err() == nil {
		err = s.Explain(ctx, err)
	}
	return errors.Join(err, s.Close())
}

// fill has the service do some work: enough to fill memory that is short.
func fill(ctx context.Context, s *service.Service, made ledger) error {
	for n := range 5 {
		name := fmt.Sprintf("item %d", n)
		item, err := s.Create(ctx, name)
		if err != nil {
			return err
		}
		made[item.ID] = name
	}
	if err := s.Load(ctx, 8, 25); err != nil {
		return err
	}
	there, err := s.All(ctx)
	if err != nil {
		return err
	}
	return made.in(there)
}

func stop(ctx context.Context, s *service.Service) error {
	end, err := s.Stop(ctx)
	return ended(end, err)
}

// ended holds that the service ended well.
func ended(end service.Stop, err error) error {
	if err == nil && end.Code != 0 {
		err = service.Broken(fmt.Sprintf("ends with exit code %d after SIGTERM", end.Code))
	}
	return err
}
