package bounds

import (
	"math"
	"reflect"
	"testing"

	"example.com/multistage/bench/result"
)

func TestParse(t *testing.T) {
	got, err := Parse("# all\n\n items:get.rate@10 / bare:get.rate@10 >= 0.85  # GET one\nitems:start.ready@20 - items:start.ready@10 <= 0.002\n" +
		"items:idle.rss@10 <= 1e7 # idle\n")
	want := []Bound{
		{result.Metric{Peer: "items", Work: "get", Measure: "rate", Items: 10}, '/',
			result.Metric{Peer: "bare", Work: "get", Measure: "rate", Items: 10}, true, 0.85, "GET one"},
		{result.Metric{Peer: "items", Work: "start", Measure: "ready", Items: 20}, '-',
			result.Metric{Peer: "items", Work: "start", Measure: "ready", Items: 10}, false, 0.002, ""},
		{Left: result.Metric{Peer: "items", Work: "idle", Measure: "rss", Items: 10}, Value: 1e7, About: "idle"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v, %v; want %+v", got, err, want)
	}
	for i, want := range []string{"at least 0.85", "at most 2 ms", "at most 10 MB"} {
		if limit := got[i].Limit(); limit != want {
			t.Errorf("%s: %q, want %q", got[i].Metric(), limit, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, line := range []string{
		"items:get.rate", "items:get.rate >= x", "items:get.rate > 1", "items:get.speed >= 1", "items:get.rate * items:get.rate >= 1",
		"items:get.rate / items:get >= 1", "items:get.rate / >= 1", "a b c d e f",
	} {
		if got, err := Parse("\n" + line); err == nil {
			t.Errorf("%q: %+v", line, got)
		}
	}
}

func TestCheck(t *testing.T) {
	sample := func(round int, peer string, items int, work, measure string, v, errors float64) result.Sample {
		return result.Sample{Round: round, Peer: peer, Items: items, Work: work, Values: map[string]float64{measure: v, "errors": errors}}
	}
	results := &result.Results{Samples: []result.Sample{
		sample(1, "items", 10, "get", "rate", 90, 0), sample(1, "bare", 10, "get", "rate", 100, 0),
		sample(2, "items", 10, "get", "rate", 40, 0), sample(2, "bare", 10, "get", "rate", 50, 0),
		sample(3, "items", 10, "get", "rate", 70, 0), sample(3, "bare", 10, "get", "rate", 100, 0),
		sample(1, "items", 10, "list", "rate", 90, 1),
		sample(1, "items", 10, "start", "ready", 0.005, 0), sample(1, "items", 20, "start", "ready", 0.008, 0),
	}}
	for _, tt := range []struct {
		line, verdict string
		value         float64
	}{
		{"items:get.rate@10 / bare:get.rate@10 >= 0.8", "pass", 0.8}, // 0.9, 0.8 and 0.7; that of the medians is 0.7
		{"items:get.rate@10 / bare:get.rate@10 >= 0.81", "miss", 0.8},
		{"items:get.rate@10 >= 70", "pass", 70},
		{"items:get.rate@10 <= 70", "pass", 70},
		{"items:get.rate@10 <= 69", "miss", 70},
		{"items:start.ready@20 - items:start.ready@10 <= 0.002", "miss", 0.003},
		{"items:start.ready@20 - items:start.ready@10 <= 0.004", "pass", 0.003},
		{"items:list.rate@10 >= 1", "miss", 90}, // an error
		{"items:get.rate@30 >= 1", "not measured", 0},
		{"items:get.rate@10 / bare:get.rate@30 >= 1", "not measured", 0},
	} {
		all, err := Parse(tt.line)
		if err != nil {
			t.Fatal(err)
		}
		got := all[0].Check(results)
		if got.String() != tt.verdict || got.Pass() != (tt.verdict == "pass") || math.Abs(got.Value.Median-tt.value) > 1e-9 {
			t.Errorf("%s: %v with %v, want %s with %v", tt.line, got, got.Value.Median, tt.verdict, tt.value)
		}
	}
}
