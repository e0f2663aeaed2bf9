package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/multistage/bench/peer"
	"example.com/multistage/bench/report"
	"example.com/multistage/bench/result"
	"example.com/multistage/bench/round"
)

// root is the repository, seen from where the program runs.
const root = ".."

// measure runs the bench, tells the results, and writes them unless it is a quick run.
func measure(ctx context.Context, o options, stdout, stderr io.Writer) error {
	if _, err := os.Stat(filepath.Join(root, "server", "main.go")); err != nil {
		return errors.New("the service's source is not in ..; run it in the folder bench of the repository")
	}
	peers := choose(withVariants(peer.All(root)), o.peers, func(p peer.Peer) string { return p.Name })
	works := choose(round.Works(), o.works, func(w round.Work) string { return w.Name })
	if err := checkOut(o); err != nil {
		return err
	}
	dir, disk, remove, err := dataFolder(o, stderr)
	if err != nil {
		return err
	}
	defer remove()

	plan := o.plan(works)
	r := describe(ctx, plan, peers, disk)
	runner, err := round.NewRunner(plan, peers, dir, stderr)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%d services, %d rounds; Ctrl-C ends it\n", len(peers), o.rounds)
	begin := time.Now()
	var failures error
	r.Samples, failures = runner.Run(ctx)
	if r.Samples == nil {
		return failures
	}
	if ctx.Err() != nil {
		return cmp.Or(tellPart(o, r, stdout, stderr), ctx.Err())
	}
	fmt.Fprintf(stderr, "measured in %v\n", time.Since(begin).Round(time.Second))
	return cmp.Or(tell(o, r, stdout, stderr), failures, faults(r))
}

// plan returns what is measured.
func (o options) plan(works []round.Work) round.Plan {
	plan := round.Plan{Items: o.items, Rounds: o.rounds, Works: works, Duration: o.duration, WarmUp: o.duration / 4,
		Starts: 10, Patience: 30 * time.Second}
	if o.quick {
		plan.Starts, plan.Patience = 5, 0
	}
	return plan
}

// choose returns those of all that are named, in the order of all, or all where there are no
// names.
func choose[T any](all []T, names []string, name func(T) string) []T {
	if names == nil {
		return all
	}
	return slices.DeleteFunc(all, func(one T) bool { return !slices.Contains(names, name(one)) })
}

// tell prints results, compares them with the bounds, and writes them. Of a quick run it
// prints them only.
func tell(o options, r *result.Results, stdout, stderr io.Writer) error {
	if err := report.Text(stdout, r); err != nil {
		return err
	}
	if o.quick { // too short and too few items to compare with bounds
		return nil
	}
	verdicts, err := verdicts(boundsText, r)
	if err != nil {
		return err
	}
	if err := report.Verdicts(stdout, verdicts); err != nil {
		return err
	}
	return write(o.out, r, stderr)
}

// part is at the end of the path of results that are not whole, so that they take the place
// of none.
const part = "-part"

// tellPart tells results of a run that was ended before its last round.
func tellPart(o options, r *result.Results, stdout, stderr io.Writer) error {
	r.Settings.Planned = r.Settings.Rounds
	r.Settings.Rounds = r.Samples[len(r.Samples)-1].Round
	o.out += part
	fmt.Fprintf(stderr, "ended after %d of %d rounds\n", r.Settings.Rounds, r.Settings.Planned)
	return tell(o, r, stdout, stderr)
}

// faults returns an error where requests failed.
func faults(r *result.Results) error {
	n, last := 0., result.Sample{}
	for _, s := range r.Samples {
		if failed := s.Values["errors"] + s.Values["refused"]; failed > 0 {
			n, last = n+failed, s
		}
	}
	if n == 0 {
		return nil
	}
	return fmt.Errorf("%v requests failed, the last of them in round %d, %s of %s", n, last.Round, last.Work, last.Peer)
}
