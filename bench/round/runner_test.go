package round

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/multistage/bench/peer"
	"example.com/multistage/bench/result"
)

// quickPlan measures works as short as can be.
func quickPlan(t *testing.T, names ...string) Plan {
	t.Helper()
	works := slices.DeleteFunc(Works(), func(w Work) bool { return !slices.Contains(names, w.Name) })
	if len(works) != len(names) {
		t.Fatalf("%v are not all works", names)
	}
	return Plan{Items: []int{1000}, Rounds: 1, Works: works, Duration: 100 * time.Millisecond, WarmUp: 20 * time.Millisecond, Starts: 1}
}

func run(t *testing.T, plan Plan, peers ...peer.Peer) ([]result.Sample, error) {
	t.Helper()
	r, err := NewRunner(plan, peers, t.TempDir(), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	return r.Run(t.Context())
}

// TestRunTakesTurns holds in which order what is measured.
func TestRunTakesTurns(t *testing.T) {
	plan := quickPlan(t, "get", "post1", "start")
	plan.Items, plan.Rounds = []int{1000, 2000, 3000}, 2
	small := storing("small")
	small.MaxItems = 2000
	samples, err := run(t, plan, storing("first"), fixed("fixed"), small)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range samples {
		if s.Round > 0 {
			got = append(got, strings.Join([]string{result.Number.Format(float64(s.Round)), s.Peer, s.Work, result.FormatItems(s.Items)}, " "))
		}
	}
	var want []string
	for _, round := range []string{"1", "2"} {
		want = append(want,
			round+" first get 1,000", round+" fixed get 1,000", round+" small get 1,000",
			round+" disk flush any", round+" first post1 1,000", round+" small post1 1,000",
			round+" first start 1,000", round+" fixed start 1,000", round+" small start 1,000",
			round+" first get 2,000", round+" small get 2,000",
			round+" first post1 2,000", round+" small post1 2,000",
			round+" first start 2,000", round+" small start 2,000",
			round+" first get 3,000", round+" first post1 3,000", round+" first start 3,000")
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestRunMeasures holds that every sample has its values, and that they are not nothing.
func TestRunMeasures(t *testing.T) {
	samples, err := run(t, quickPlan(t, "get", "post1", "mixed", "start", "idle"), storing("items"))
	if err != nil {
		t.Fatal(err)
	}
	load := []string{"rate", "p50", "p99", "p999", "client", "requests", "anonymous", "mapped", "rss"}
	for work, names := range map[string][]string{
		"flush": {"rate"}, "size": {"binary"}, "data": {"stored"}, "get": load, "post1": load, "mixed": load, "start": {"ready"}, "idle": {"rss", "anonymous", "mapped"},
	} {
		i := slices.IndexFunc(samples, func(s result.Sample) bool { return s.Work == work })
		if i < 0 {
			t.Errorf("no sample of %s", work)
			continue
		}
		for _, name := range names {
			if samples[i].Values[name] <= 0 {
				t.Errorf("%s: %s is %v", work, name, samples[i].Values[name])
			}
		}
		for name := range samples[i].Values {
			if _, known := result.UnitOf(name); !known {
				t.Errorf("%s: %s is no measure", work, name)
			}
		}
		if n := samples[i].Values["refused"] + samples[i].Values["errors"]; n > 0 {
			t.Errorf("%s: %v requests failed", work, n)
		}
	}
}

// TestRunEndsUnbuilt holds that a peer that can't be built ends the run at once.
func TestRunEndsUnbuilt(t *testing.T) {
	unbuilt := fixed("unbuilt")
	unbuilt.Build = func(context.Context, string) (string, error) { return "", errors.New("does not build") }
	r, err := NewRunner(quickPlan(t, "get"), []peer.Peer{unbuilt, fixed("able")}, t.TempDir(), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	samples, err := r.Run(t.Context())
	if err == nil || err.Error() != "building unbuilt: does not build" || samples != nil {
		t.Errorf("%v, %+v", err, samples)
	}
}

// TestRunGoesOn holds that a peer that can't be measured stops no other.
func TestRunGoesOn(t *testing.T) {
	unseeded, unready := storing("unseeded"), fixed("unready")
	unseeded.Seed = func(context.Context, string, string, string, int) error { return errors.New("takes no items") }
	unready.Args = func(string, string) []string { return []string{"serve", "nowhere", "no folder"} }
	var told strings.Builder
	r, err := NewRunner(quickPlan(t, "get"), []peer.Peer{unseeded, unready, fixed("able")}, t.TempDir(), &told)
	if err != nil {
		t.Fatal(err)
	}
	samples, err := r.Run(t.Context())
	if err == nil || err.Error() != "2 measurements failed, the first of them: seeding 1,000 items into unseeded: takes no items" {
		t.Error(err)
	}
	for _, want := range []string{"failed: seeding 1,000 items into unseeded: takes no items\n",
		"failed: get of unready: ", "ended before it was ready (exit status 1)\n    open no folder/items: no such file"} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("%v\nhas no %q", told.String(), want)
		}
	}
	if !slices.ContainsFunc(samples, func(s result.Sample) bool { return s.Peer == "able" && s.Work == "get" }) {
		t.Errorf("%+v", samples)
	}
}

// TestRunIsCancelled ends a run while a service answers.
func TestRunIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	plan := quickPlan(t, "get")
	plan.Duration = time.Hour
	r, err := NewRunner(plan, []peer.Peer{fixed("fixed")}, t.TempDir(), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.prepare(ctx); err != nil {
		t.Fatal(err)
	}
	go func() {
		for ; ; time.Sleep(time.Millisecond) {
			if _, err := os.Stat(filepath.Join(r.dir, "data", "items")); err == nil {
				cancel() // the service is there
				return
			}
		}
	}()
	r.turn(ctx, 1, 1000, plan.Works[0]) // it would last an hour
	if r.failures != nil {
		t.Errorf("that it was ended is told as a failure: %v", r.failures)
	}
	if samples, err := r.Run(ctx); !errors.Is(err, context.Canceled) || samples != nil {
		t.Errorf("%v, %v", samples, err)
	}
}

// TestRunKeepsWholeRounds ends a run in its second round.
func TestRunKeepsWholeRounds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	plan := quickPlan(t, "get")
	plan.Rounds = 3
	r, err := NewRunner(plan, []peer.Peer{fixed("one"), fixed("two")}, t.TempDir(), progress(func(line string) {
		if strings.HasPrefix(line, "round 2 of 3") && strings.Contains(line, "one") {
			cancel()
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	samples, err := r.Run(ctx)
	var got []string
	for _, s := range samples {
		got = append(got, fmt.Sprint(s.Round, s.Peer))
	}
	if want := []string{"0one", "1one", "1two"}; !errors.Is(err, context.Canceled) || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", err, got, want)
	}
}

// TestFailedWorkRenewsData holds that data are made anew of which nobody knows how they have changed.
func TestFailedWorkRenewsData(t *testing.T) {
	breaking := storing("breaking")
	breaking.Requests.Create = func(host string, _ int) []byte {
		return fmt.Appendf(nil, "POST /broken HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n", host)
	}
	r, err := NewRunner(quickPlan(t, "post1"), []peer.Peer{breaking}, t.TempDir(), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	r.plan.WarmUp = time.Minute // it breaks before
	if _, err := r.Run(t.Context()); err == nil {
		t.Fatal("what breaks is no error")
	}
	for _, d := range r.data {
		if err := os.WriteFile(filepath.Join(d.live, "items"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(d.live, "items")); err != nil || info.Size() == 0 {
			t.Errorf("the data stay, %v", err)
		}
	}
}

// progress is called with each line that is told.
type progress func(line string)

func (p progress) Write(line []byte) (int, error) {
	p(string(line))
	return len(line), nil
}

func TestServiceEnds(t *testing.T) {
	dir := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	addr, err := freeAddr()
	if err != nil {
		t.Fatal(err)
	}
	s, err := start(t.Context(), []string{program, "serve", addr, dir}, addr, "/ready", filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	if s.ready <= 0 {
		t.Errorf("ready after %v", s.ready)
	}
	if err := ask(addr, "/nothing"); err == nil || err.Error() != "404 Not Found" {
		t.Errorf("asked for nothing: %v", err)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if _, err := s.process().CPU(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the process is still there: %v", err)
	}
}
