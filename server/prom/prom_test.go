package prom

import (
	"math"
	"strings"
	"sync"
	"testing"
)

func want(t *testing.T, text *Text, lines ...string) {
	t.Helper()
	if got, want := string(text.Bytes()), strings.Join(lines, "\n")+"\n"; got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestText(t *testing.T) {
	text := new(Text)
	text.Single("a", Gauge, "Of a.", 1.5)
	text.Family("b_total", Counter, "Of b.")
	text.Sample("b_total", Labels("x", "1", "y", "a\"b\\c\nd"), 1e9)
	text.Sample("b_total", Labels("x", ""), math.Inf(1))
	want(t, text,
		"# HELP a Of a.", "# TYPE a gauge", "a 1.5",
		"# HELP b_total Of b.", "# TYPE b_total counter", `b_total{x="1",y="a\"b\\c\nd"} 1e+09`, `b_total{x=""} +Inf`)
}

// TestHistogram checks that a value that is a bound counts below it, and that
// buckets hold those below.
func TestHistogram(t *testing.T) {
	h := NewHistogram(.5, 1)
	for _, value := range []float64{0, .5, .6, 1, 2} {
		h.Observe(value)
	}
	text := new(Text)
	text.Histograms("h", "Of h.")
	h.Write(text, "h", "")
	want(t, text, "# HELP h Of h.", "# TYPE h histogram",
		`h_bucket{le="0.5"} 2`, `h_bucket{le="1"} 4`, `h_bucket{le="+Inf"} 5`, "h_sum 4.1", "h_count 5")
}

// name is what values are counted by.
type name string

func (n name) Labels() string { return Labels("name", string(n)) }

func TestHistograms(t *testing.T) {
	h := NewHistograms[name](1)
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { h.Observe("b", 1); h.Observe("a", 2) })
	}
	wg.Wait()
	text := new(Text)
	h.Write(text, "h", "Of h.")
	want(t, text, "# HELP h Of h.", "# TYPE h histogram",
		`h_bucket{name="a",le="1"} 0`, `h_bucket{name="a",le="+Inf"} 100`, `h_sum{name="a"} 200`, `h_count{name="a"} 100`,
		`h_bucket{name="b",le="1"} 100`, `h_bucket{name="b",le="+Inf"} 100`, `h_sum{name="b"} 100`, `h_count{name="b"} 100`)
}

func BenchmarkObserve(b *testing.B) {
	h := NewHistograms[name](.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30)
	b.ReportAllocs()
	for b.Loop() {
		h.Observe("a", .003)
	}
}
