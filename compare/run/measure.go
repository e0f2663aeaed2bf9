// Package run measures images of the service while they run: how soon they answer, what memory they take, and
// how they end.
package run

import (
	"context"
	"errors"
	"fmt"
	"os"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/result"
)

// Options say what measures.
type Options struct {
	Engine   *engine.Engine
	Rounds   int
	Hello    string // a program of BuildHello
	Progress func(format string, args ...any)
}

// starts is how often a program is started alone in a round: that takes little time, and spreads.
const starts = 3

// Measure runs images in the same rounds, so that what happens to the machine happens to all of them, and
// returns what it measured of each in their order. Where ctx ends, it returns its cause; nothing is left then.
func Measure(ctx context.Context, o Options, images ...string) (runs []*result.Run, err error) {
	// What must be flushed is, where that takes its time: /tmp is memory on some systems, /var/tmp is not.
	dir, err := os.MkdirTemp("/var/tmp", "compare-run-")
	if err != nil {
		return nil, err
	}
	defer func() {
		err = errors.Join(err, os.RemoveAll(dir), o.Engine.Sweep(context.WithoutCancel(ctx)))
	}()
	var subjects []*subject
	for i, image := range images {
		s, err := newSubject(ctx, o, image, fmt.Sprintf("%s/program-%d", dir, i))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", image, err)
		}
		subjects, runs = append(subjects, s), append(runs, &s.run)
	}
	for round := range o.Rounds {
		o.Progress("run: round %d of %d", round+1, o.Rounds)
		for i := range subjects {
			// Nobody is always the first, or always after the same one.
			s := subjects[(i+round)%len(subjects)]
			if err := s.round(ctx, dir); err != nil {
				return nil, fmt.Errorf("%s: %w", s.image, err)
			}
		}
	}
	return runs, nil
}
