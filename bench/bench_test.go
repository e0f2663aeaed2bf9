package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/multistage/bench/report"
	"example.com/multistage/bench/result"
)

// TestPage holds that the page and the picture are those of the results beside them.
func TestPage(t *testing.T) {
	const out = "../docs/performance"
	r, err := result.Read(out + ".json")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no results are committed; go run . makes them")
	}
	if err != nil {
		t.Fatal(err)
	}
	page, err := page(r)
	if err != nil {
		t.Fatal(err)
	}
	for extension, want := range map[string][]byte{".md": page, ".svg": []byte(report.SVG(r))} {
		if got, err := os.ReadFile(out + extension); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s%s is not what go run . -remake makes, %v", out, extension, err)
		}
	}
}

// TestRemake holds that what is written depends on nothing but the results.
func TestRemake(t *testing.T) {
	out := filepath.Join(t.TempDir(), "results")
	if err := write(out, &result.Results{Revision: "one"}, t.Output()); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(out + ".md")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(out+".md", nil, 0o600), os.Remove(out+".svg")); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if status := run(t.Context(), []string{"-remake", "-out", out}, &stdout, &stderr); status != exitOK {
		t.Fatal(stderr.String())
	}
	if got, err := os.ReadFile(out + ".md"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
	if _, err := os.Stat(out + ".svg"); err != nil {
		t.Error(err)
	}
}

// TestBounds holds that every bound can be read, and says in words what it is.
func TestBounds(t *testing.T) {
	all, err := verdicts(boundsText, &result.Results{})
	if err != nil || len(all) < 10 {
		t.Fatalf("%d bounds, %v", len(all), err)
	}
	for _, v := range all {
		if v.About == "" || v.Pass() {
			t.Errorf("%s: %q, passes without results: %v", v.Metric(), v.About, v.Pass())
		}
	}
}

func TestOptions(t *testing.T) {
	all := options{rounds: 5, items: []int{10_000, 1_000_000, 10_000_000}, duration: 5 * time.Second, data: ".", out: "../docs/performance"}
	quick := all
	quick.quick, quick.rounds, quick.items, quick.duration = true, 2, []int{10_000}, time.Second
	quick.peers = []string{"items", "items-quiet", "bare", "fasthttp", "bbolt"}
	some := all
	some.peers, some.works, some.items = []string{"items", "bare"}, []string{"get"}, []int{1000, 2000}
	some.out = "mine"
	quickSome := quick
	quickSome.rounds, quickSome.peers = 3, []string{"sqlite"}
	for _, tt := range []struct {
		args string
		want options
	}{
		{"", all},
		{"-quick", quick},
		{"-peers=items,bare -work=get -items=2000,1000,2000 -out=mine", some},
		{"-quick -rounds=3 -peers=sqlite", quickSome},
	} {
		if got, err := parseOptions(strings.Fields(tt.args), t.Output()); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v; want %+v", tt.args, got, err, tt.want)
		}
	}
}

func TestRefusedOptions(t *testing.T) {
	for args, want := range map[string]string{
		"-items=10":                   `"10" is no number from 1000 to`,
		"-items=many":                 `"many" is no number`,
		"-rounds=0":                   "-rounds must be 1 at least",
		"-duration=1ms":               "-duration must be 100ms at least",
		"now":                         `"now" is no flag`,
		"-fast":                       "flag provided but not defined: -fast",
		"-peers=bare":                 "choose another path by -out",
		"-out=/nowhere/x -peers=bare": "choose another by -out",
		"-peers=mongo -out=mine":      `there is no "mongo"; there are items,`,
		"-work=sleep -out=mine":       `there is no "sleep"; there are get, list,`,
		"-data=/nowhere":              "choose another by -data",
	} {
		var stdout, stderr strings.Builder
		if status := run(t.Context(), strings.Fields(args), &stdout, &stderr); status == exitOK || !strings.Contains(stderr.String(), want) {
			t.Errorf("%s: %d, %s; want %q", args, status, stderr.String(), want)
		}
	}
}

// TestTell holds what is said of a quick run, and what of a whole one.
func TestTell(t *testing.T) {
	r := &result.Results{Revision: "one"}
	for _, quick := range []bool{true, false} {
		o := options{quick: quick, out: filepath.Join(t.TempDir(), "results")}
		var stdout strings.Builder
		if err := tell(o, r, &stdout, t.Output()); err != nil {
			t.Fatal(err)
		}
		_, err := os.Stat(o.out + ".json")
		if strings.Contains(stdout.String(), "must reach") == quick || (err != nil) != quick {
			t.Errorf("quick: %v: %v, %s", quick, err, stdout.String())
		}
	}
}

// TestTellPart holds that rounds of a run that was ended are told as such, beside the results
// of others.
func TestTellPart(t *testing.T) {
	o := options{out: filepath.Join(t.TempDir(), "results")}
	r := &result.Results{Settings: result.Settings{Rounds: 5}, Samples: []result.Sample{{Round: 1}, {Round: 2}}}
	var stderr strings.Builder
	if err := tellPart(o, r, t.Output(), &stderr); err != nil {
		t.Fatal(err)
	}
	got, err := result.Read(o.out + "-part.json")
	if err != nil || got.Settings.Rounds != 2 || got.Settings.Planned != 5 || !strings.Contains(stderr.String(), "after 2 of 5 rounds") {
		t.Errorf("%+v, %v, %s", got, err, stderr.String())
	}
	page, err := os.ReadFile(o.out + "-part.md")
	if err != nil || !strings.Contains(string(page), "Medians of 2 rounds: the run was ended before the others of its 5.") {
		t.Errorf("%v, %s", err, page)
	}
	if _, err := os.Stat(o.out + ".json"); err == nil {
		t.Error("it takes the place of whole results")
	}
}

// TestUnknownNames holds that names that nothing has are wrong flags, whatever else is.
func TestUnknownNames(t *testing.T) {
	for args, want := range map[string]string{"-peers=bare,mongo": "items, items-quiet, bare", "-work=sleep -quick": "get, list, search"} {
		var stdout, stderr strings.Builder
		if status := run(t.Context(), strings.Fields(args), &stdout, &stderr); status != exitUsage || !strings.Contains(stderr.String(), want) {
			t.Errorf("%s: %d, %s; want %q", args, status, stderr.String(), want)
		}
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr strings.Builder
	if status := run(t.Context(), []string{"-help"}, &stdout, &stderr); status != exitOK || stderr.Len() > 0 {
		t.Errorf("%d, %s", status, stderr.String())
	}
	for _, want := range []string{"Ctrl-C ends", "-quick\n", "-rounds number\n", "(default 5)"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, stdout.String())
		}
	}
}

// TestCheck holds what is an error.
func TestCheck(t *testing.T) {
	const text = "items:get.rate@1000 >= 10 # speed"
	out := filepath.Join(t.TempDir(), "results")
	var stdout strings.Builder
	if err := check(text, out, &stdout); err == nil || !strings.Contains(err.Error(), "go run . measures and writes it") {
		t.Errorf("without results: %v", err)
	}
	for _, tt := range []struct {
		rate, errors float64
		kept         bool
	}{{10, 0, true}, {9, 0, false}, {10, 1, false}} {
		r := &result.Results{Samples: []result.Sample{
			{Round: 1, Peer: "items", Items: 1000, Work: "get", Values: map[string]float64{"rate": tt.rate, "errors": tt.errors}}}}
		if err := write(out, r, t.Output()); err != nil {
			t.Fatal(err)
		}
		stdout.Reset()
		if err := check(text, out, &stdout); (err == nil) != tt.kept || !strings.Contains(stdout.String(), "speed") {
			t.Errorf("%+v: %v, %s", tt, err, stdout.String())
		}
	}
	var stderr strings.Builder
	if status := run(t.Context(), []string{"-check", "-out", out}, &stdout, &stderr); status != exitFailure {
		t.Errorf("the status is %d where little was measured", status)
	}
}
