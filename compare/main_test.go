package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/multistage/compare/budget"
	"example.com/multistage/compare/result"
)

// TestArguments holds that wrong ones do nothing, exit with 2 and say what is right.
func TestArguments(t *testing.T) {
	for _, tt := range []struct {
		args   []string
		status int
		want   string // of standard error, of standard output for status 0
	}{
		{[]string{"-h"}, 0, "go run ./compare all"},
		{[]string{"all", "--help"}, 0, "-patience"},
		{[]string{"docs", "-h"}, 0, "-check"},
		{[]string{"check", "-h"}, 0, "budgets.txt"},
		{nil, 2, "no image is named"},
		{[]string{"-output", "pdf", "image"}, 2, `no format "pdf"; there are table, markdown, json, svg`},
		{[]string{"-colour", "image"}, 2, "colour"},
		{[]string{"-rounds", "0", "image"}, 2, "-rounds must be 1"},
		{[]string{"all", "-samples", "0"}, 2, "-samples must be 1"},
		{[]string{"all", "-patience", "-1s"}, 2, "-patience must not be negative"},
		{[]string{"all", "-changes", "go,weather"}, 2, `no change "weather"; there are cold, warm, go, page, dependency`},
		{[]string{"all", "kaniko"}, 2, `no variant "kaniko"; there are traditional, multistage, bazel, ko`},
		{[]string{"all", "multistage", "-samples", "1"}, 2, `"-samples" stands after "multistage"; flags come before names`},
		{[]string{"image", "-run"}, 2, `"-run" stands after "image"`},
		{[]string{"check", "file", "-output=json"}, 2, `"-output=json" stands after "file"`},
		{[]string{"docs", "file"}, 2, `takes no "file"`},
		{[]string{"check", "a", "b"}, 2, `"b" is one file too many`},
	} {
		var stdout, stderr strings.Builder
		status := compare(t.Context(), tt.args, &stdout, &stderr)
		text := &stderr
		if tt.status == 0 {
			text = &stdout
		}
		if status != tt.status || !strings.Contains(text.String(), tt.want) {
			t.Errorf("%q: status %d, %q, %q; want %d and %q", tt.args, status, &stdout, &stderr, tt.status, tt.want)
		}
	}
}

// TestCheck holds the exit status of a comparison that breaks a budget, and that it is named.
func TestCheck(t *testing.T) {
	c := result.Comparison{Images: []result.Image{{Name: "bazel", Facts: result.Facts{Shells: result.List([]string{"bin/sh"})}}}}
	content, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "comparison.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if status := compare(t.Context(), []string{"check", path}, &stdout, &stderr); status != exitFailure {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{"FAIL  bazel shells: 1 of at most 0: bin/sh\n", "pass  bazel files: 0 of at most 12\n", "FAIL  bazel start: not measured"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, &stdout)
		}
	}
	if !strings.Contains(stderr.String(), "budgets are not kept") {
		t.Error(&stderr)
	}
}

// TestCommitted holds what is published to the budgets.
func TestCommitted(t *testing.T) {
	var stdout, stderr strings.Builder
	if status := compare(t.Context(), []string{"check"}, &stdout, &stderr); status != exitOK {
		t.Errorf("status %d, %s\n%s", status, &stderr, &stdout)
	}
}

// TestBudgets holds that the file of budgets can be read, and has the same ones for both images on scratch.
func TestBudgets(t *testing.T) {
	text, err := os.ReadFile("budgets.txt")
	if err != nil {
		t.Fatal(err)
	}
	budgets, err := budget.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	most := make(map[string]map[string]float64)
	for _, b := range budgets {
		if most[b.Metric] == nil {
			most[b.Metric] = make(map[string]float64)
		}
		most[b.Metric][b.Image] = b.Most
		if exact := strings.HasSuffix(b.Metric, ".layers") && b.Image != "traditional"; b.Exact != exact {
			t.Errorf("%s %s is exact: %t", b.Image, b.Metric, b.Exact)
		}
	}
	for metric, images := range most {
		multistage, ok1 := images["multistage"]
		bazel, ok2 := images["bazel"]
		if !ok1 || !ok2 || multistage != bazel {
			t.Errorf("%s: %v", metric, images)
		}
	}
}
