package result

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func TestSummarize(t *testing.T) {
	for _, tt := range []struct {
		values map[int]float64
		want   Summary
	}{
		{nil, Summary{}},
		{map[int]float64{3: 7}, Summary{7, 7, 7, 1}},
		{map[int]float64{1: 9, 2: 1}, Summary{5, 1, 9, 2}},
		{map[int]float64{1: 9, 2: 1, 3: 2}, Summary{2, 1, 9, 3}},
	} {
		if got := Summarize(tt.values); got != tt.want {
			t.Errorf("%v: %+v, want %+v", tt.values, got, tt.want)
		}
	}
}

// TestInRounds holds that a machine that is slower in one round changes no ratio.
func TestInRounds(t *testing.T) {
	left := map[int]float64{1: 20, 2: 2, 3: 30}
	right := map[int]float64{1: 10, 2: 1, 4: 1}
	got := InRounds(left, right, func(l, r float64) float64 { return l / r })
	if want := map[int]float64{1: 2, 2: 2}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestParseMetric(t *testing.T) {
	for text, want := range map[string]Metric{
		"items:get.rate@10000":       {"items", "get", "rate", 10000},
		"items-quiet:post64.p999@10": {"items-quiet", "post64", "p999", 10},
		"disk:flush.rate":            {"disk", "flush", "rate", 0},
	} {
		got, err := ParseMetric(text)
		if got != want || err != nil || got.String() != text {
			t.Errorf("%s: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "items", "items:get", "items:get.speed", ":get.rate", "items:.rate", "items:get.rate@", "items:get.rate@-1", "get.rate"} {
		if got, err := ParseMetric(text); err == nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestValues(t *testing.T) {
	r := &Results{Samples: []Sample{
		{1, "items", 10, "get", map[string]float64{"rate": 5, "errors": 1}},
		{2, "items", 10, "get", map[string]float64{"rate": 6, "refused": 2}},
		{3, "items", 10, "get", map[string]float64{"p50": 1}},
		{1, "items", 20, "get", map[string]float64{"rate": 7}},
		{1, "bare", 10, "get", map[string]float64{"rate": 8}},
		{1, "items", 10, "list", map[string]float64{"rate": 9}},
	}}
	m := Metric{"items", "get", "rate", 10}
	if got, want := r.Values(m), (map[int]float64{1: 5, 2: 6}); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := r.Faulty(m); got != 3 {
		t.Errorf("%d requests failed, want 3", got)
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		unit Unit
		v    float64
		want string
	}{
		{PerSecond, 71234.6, "71,235/s"},
		{PerSecond, 1234567, "1,234,567/s"},
		{PerSecond, 0.4, "0.4/s"},
		{Seconds, 0.0123456, "12.3 ms"},
		{Seconds, 0.000014, "14 us"},
		{Seconds, 2.5, "2.5 s"},
		{Seconds, 0, "0 s"},
		{Seconds, 0.99999, "1 s"},
		{Seconds, -0.002, "-2 ms"},
		{Bytes, 5_800_000, "5.8 MB"},
		{Bytes, 171.4, "171 B"},
		{Bytes, 0, "0 B"},
		{Share, 0.0523, "5.23 %"},
		{Number, 0.01, "0.01"},
		{Number, -1234, "-1,234"},
		{Number, 100, "100"},
	} {
		if got := tt.unit.Format(tt.v); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.v, got, tt.want)
		}
	}
}

func TestJSON(t *testing.T) {
	want := &Results{
		Date: time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC), Revision: "abc", Machine: Machine{CPU: "null\n}", Cores: 2},
		Settings: Settings{Rounds: 5, Items: []int{10}}, Works: []Work{{"get", "one"}}, Peers: []Peer{{"items", "the service", 1000}},
		Samples: []Sample{{1, "items", 10, "get", map[string]float64{"rate": 5}}, {0, "items", 0, "size", map[string]float64{"binary": 9e6}}},
	}
	for _, samples := range [][]Sample{want.Samples, want.Samples[:1], {}} {
		want.Samples = samples
		text, err := want.JSON()
		if err != nil || !json.Valid(text) {
			t.Fatalf("%s, %v", text, err)
		}
		if lines := bytes.Count(text, []byte(`"round":`)); lines != len(samples) {
			t.Errorf("%d samples on lines, want %d", lines, len(samples))
		}
		path := filepath.Join(t.TempDir(), "results.json")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Read(path); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	}
}
