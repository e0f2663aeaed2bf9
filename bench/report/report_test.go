package report

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"example.com/multistage/bench/bounds"
	"example.com/multistage/bench/result"
)

// results are made up.
func results() *result.Results {
	load := func(round int, peer string, items int, rate, refused float64) result.Sample {
		return result.Sample{Round: round, Peer: peer, Items: items, Work: "get", Values: map[string]float64{"rate": rate, "p99": 0.0012, "refused": refused, "others": float64(round) / 100}}
	}
	return &result.Results{
		Date: time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC), Revision: "abc-dirty",
		Machine:  result.Machine{CPU: "A processor", Cores: 2, Memory: 16e9, Kernel: "6.18", Go: "go1.26", Disk: "vda"},
		Settings: result.Settings{Rounds: 3, Duration: 5, WarmUp: 1.25, Items: []int{1000, 2000}},
		Works:    []result.Work{{Name: "get", About: "one item"}, {Name: "idle", About: "nothing"}},
		Peers:    []result.Peer{{Name: "items", About: "the service"}, {Name: "a<b", About: "another", MaxItems: 1000}},
		Samples: []result.Sample{
			{Round: 0, Peer: "items", Work: "size", Values: map[string]float64{"binary": 9e6}},
			{Round: 0, Peer: "items", Items: 2000, Work: "data", Values: map[string]float64{"stored": 171}},
			{Round: 1, Peer: "disk", Work: "flush", Values: map[string]float64{"rate": 4260, "flushes": 1.9}},
			load(1, "items", 1000, 10_000, 0), load(1, "a<b", 1000, 5_000, 0),
			load(2, "items", 1000, 30_000, 0), load(2, "a<b", 1000, 7_500, 2),
			load(3, "items", 1000, 20_000, 0), load(3, "a<b", 1000, 20_000, 0),
		},
	}
}

func verdicts(t *testing.T) (all []bounds.Verdict) {
	t.Helper()
	list, err := bounds.Parse("items:get.rate@1000 >= 1 # speed\nitems:idle.rss@1000 <= 1e7 # memory\nitems:get.p99@1000 <= 0.001 # patience")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		all = append(all, b.Check(results()))
	}
	return all
}

func TestMarkdown(t *testing.T) {
	page, err := Markdown(results(), verdicts(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"measured on 2026-11-24 at revision abc-dirty",
		"Machine: A processor, 2 processors, 16 GB of memory, Linux 6.18, go1.26, data on vda.",
		"others used 2 % of the processors in the median measurement, and 3 % at most",
		"the disk alone appends and flushes (fdatasync) 4 KiB 4,260/s, flushes of its cache for each: 1.9.",
		"| pass | speed | 20,000/s | 10,000/s to 30,000/s | at least 1/s | items:get.rate@1000 |",
		"| `a<b` | another; measured with at most 1,000 items |",
		"| not measured | memory | - | - | at most 10 MB | items:idle.rss@1000 |",
		"| miss | patience | 1.2 ms | 1.2 ms to 1.2 ms | at most 1 ms | items:get.p99@1000 |",
		"Medians of 3 rounds.",
		"### get, 1,000 items\n\n| service | requests | least to most | of items | p50 |",
		"| items | 20,000/s | 10,000/s to 30,000/s | 1 x | - | 1.2 ms | - |",
		// The ratios of the rounds are 0.5, 0.25 and 1; that of the medians is 0.38.
		"| a<b | 7,500/s, 2 failed | 5,000/s to 20,000/s | 0.5 x | - | 1.2 ms | - |",
		"| service | program | for each of 1,000 items | for each of 2,000 items |\n| --- | --- | --- | --- |\n| items | 9 MB | - | 171 B |",

		"Each measurement lasts 5 s, after 1.25 s of the same load.",
		"Numbers of items: 1,000, 2,000.",
		"| p99 | 99 % of the responses took no longer |",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(page, "get, 2,000 items") || strings.Contains(page, "### idle") {
		t.Error("the page has a table of what was not measured")
	}
	if t.Failed() {
		t.Log(page)
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := errors.Join(Text(&b, results()), Verdicts(&b, verdicts(t))); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nget, 1,000 items\n  service  requests ", "\n  items    20,000/s ", "\n  pass          speed ", "\nothers used 2 %"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// TestSVG holds that the picture is XML and that its bars are as long as they should.
func TestSVG(t *testing.T) {
	picture := SVG(results())
	for d := xml.NewDecoder(strings.NewReader(picture)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, picture)
		}
	}
	for _, want := range []string{
		`<rect class="bar own" x="158.0" y="44" width="146.7" height="12"/>`, // 20,000 of 30,000 at most, of 220
		`<path class="spread" d="M231.3 50H378.0"/>`,
		`<rect class="bar" x="158.0" y="64" width="55.0" height="12"/>`,
		">a&lt;b</text>", "prefers-color-scheme: dark", "20,000/s",
	} {
		if !strings.Contains(picture, want) {
			t.Errorf("no %q in\n%s", want, picture)
		}
	}
}

func TestNothingMeasured(t *testing.T) {
	if page, err := Markdown(&result.Results{}, nil); err != nil || page == "" {
		t.Errorf("%q, %v", page, err)
	}
	if picture := SVG(&result.Results{}); !strings.HasPrefix(picture, "<svg ") {
		t.Error(picture)
	}
}
