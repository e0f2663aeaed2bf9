package main

import (
	"context"
	"errors"
	"os"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/hostile"
	"example.com/multistage/compare/result"
	"example.com/multistage/compare/run"
)

// runner runs images and measures them.
type runner struct {
	engine   *engine.Engine
	root     string // of the repository, which has the program that starts are compared with
	rounds   int
	progress func(format string, args ...any)
}

// measure adds to the images of a comparison how they run. Names are those in the engine, in the same order.
func (r runner) measure(ctx context.Context, c *result.Comparison, names []string) (err error) {
	dir, err := os.MkdirTemp("", "compare-hello-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r.progress("run: building the bare program that starts are compared with")
	hello, err := run.BuildHello(ctx, r.root, dir)
	if err != nil {
		return err
	}
	runs, err := run.Measure(ctx, run.Options{Engine: r.engine, Rounds: r.rounds, Hello: hello, Progress: r.progress}, names...)
	if err != nil {
		return err
	}
	for i := range c.Images {
		c.Images[i].Run = runs[i]
	}
	cases, err := hostile.Check(ctx, r.engine, names, r.progress)
	if err != nil {
		return err
	}
	for i := range c.Images {
		c.Images[i].Hostile = cases[i]
	}
	return nil
}
