package result

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSummarize(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		want   Summary
	}{
		{nil, Summary{}},
		{[]float64{7}, Summary{7, 7, 7, 1}},
		{[]float64{9, 1}, Summary{5, 1, 9, 2}},
		{[]float64{9, 1, 2}, Summary{2, 1, 9, 3}},
	} {
		given := slices.Clone(tt.values)
		if got := Summarize(tt.values); got != tt.want || !slices.Equal(tt.values, given) {
			t.Errorf("%v: %+v, want %+v", given, got, tt.want)
		}
	}
}

// TestRatio holds that a machine that is slower in one round changes no ratio.
func TestRatio(t *testing.T) {
	if got, want := Ratio([]float64{20, 2, 30}, []float64{10, 1, 15}), (Summary{2, 2, 2, 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Ratio([]float64{1}, nil); got != (Summary{}) {
		t.Errorf("%+v of nothing", got)
	}
}

func TestList(t *testing.T) {
	names := slices.Repeat([]string{"a"}, Examples+1)
	for n, want := range map[int]int{0: 0, 1: 1, Examples + 1: Examples} {
		if got := List(names[:n]); got.Count != n || len(got.First) != want {
			t.Errorf("%d names: %+v", n, got)
		}
	}
}

func TestFile(t *testing.T) {
	want := &Comparison{
		Date: time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC), Revision: "abc",
		Images: []Image{{
			Name: "bazel", Facts: Facts{Reproducible: new(true), Shells: Listing{1, []string{"sh"}}},
			Builds:  []Build{{Change: Go, Samples: []Effort{{1, 2}}, Pull: &Pull{Bytes: 3, Layers: 1, Blobs: []Blob{{"layer", "sha256:1", 3}}}}},
			Run:     &Run{Process: []float64{0.5}, ExitCodes: []int{0}},
			Hostile: []Hostile{{Name: "no /tmp", Reason: "because"}},
		}},
	}
	content, err := want.JSON()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "comparison.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(path); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"unknown field": `{"colour": 1}`, "no JSON": "{", "two": "{} {}"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Read(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %+v, %v; want an error that names the file", name, got, err)
		}
	}
	if _, err := Read(filepath.Join(dir, "absent")); !os.IsNotExist(err) {
		t.Errorf("%v, want that the file is not there", err)
	}
}

// TestFields holds that the file names its fields as JSON does here: in lower case.
func TestFields(t *testing.T) {
	content, err := json.Marshal(Comparison{Images: []Image{{Run: &Run{}, Builds: []Build{{Pull: &Pull{Blobs: []Blob{{}}}}}, Hostile: []Hostile{{}}}}})
	if err != nil || strings.ToLower(string(content)) != strings.Replace(string(content), "T00:00:00Z", "t00:00:00z", 1) {
		t.Errorf("%s, %v", content, err)
	}
}
