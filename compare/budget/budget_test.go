package budget

import (
	"reflect"
	"strings"
	"testing"

	"example.com/multistage/compare/result"
)

func TestParse(t *testing.T) {
	got, err := Parse("# all\n\n bazel pull.go.layers = 1  # one layer\nmultistage compressed <= 4.2e6\n")
	want := []Budget{{"bazel", "pull.go.layers", 1, true, "one layer"}, {"multistage", "compressed", 4_200_000, false, ""}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v, %v; want %+v", got, err, want)
	}
}

func TestParseRefuses(t *testing.T) {
	for line, want := range map[string]string{
		"bazel files":                "is not IMAGE METRIC <= NUMBER",
		"bazel files >= 12":          "is not IMAGE METRIC <= NUMBER",
		"bazel weight <= 12":         `no metric "weight"; there are compressed, `,
		"bazel files <= many":        "not a number of 0 or more",
		"bazel files <= -1":          "not a number of 0 or more",
		"bazel files <= NaN # files": "not a number of 0 or more",
	} {
		got, err := Parse("\n" + line)
		if err == nil || !strings.HasPrefix(err.Error(), "line 2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v; want line 2 and %q", line, got, err, want)
		}
	}
}

// image has another value for each metric.
func image() result.Image {
	listing := func(n int, name string) result.Listing { return result.Listing{Count: n, First: []string{name}} }
	pull := func(change result.Change, bytes int64, n int) result.Build {
		return result.Build{Change: change, Pull: &result.Pull{Bytes: bytes, Layers: n, Blobs: []result.Blob{{Kind: "layer", Digest: "sha256:1", Bytes: bytes}}}}
	}
	return result.Image{
		Name: "small",
		Facts: result.Facts{
			Compressed: 100, Uncompressed: 200, Layers: []result.Layer{{Digest: "sha256:0", Compressed: 90, Uncompressed: 180, CreatedBy: "COPY"}},
			Files: listing(2, "server"), Executables: listing(3, "x"), Setuid: listing(4, "su"), Shells: listing(5, "sh"),
			PackageManagers: listing(6, "apt"), OSPackages: listing(7, "libc6"), Writable: listing(8, "/data"),
			Modules: result.Modules{Compared: true, Missing: listing(4, "a@v1"), Foreign: listing(5, "b@v1")},
		},
		Builds: []result.Build{{Change: result.Warm}, pull(result.Go, 10, 11), pull(result.Page, 12, 13), pull(result.Dependency, 14, 15)},
		Run:    &result.Run{Process: []float64{3, 8, 6}, Hello: []float64{2, 2, 3}, ExitCodes: []int{0, 137, 0}},
		Hostile: []result.Hostile{
			{Name: "read-only root", Passed: true}, {Name: "no /tmp", Reason: "it does not start"},
		},
	}
}

// TestCheck holds that each metric has its value, and that what breaks a budget is named.
func TestCheck(t *testing.T) {
	for metric, want := range map[string]struct {
		value float64
		parts string
	}{
		"compressed":             {100, "90 sha256:0 (COPY)"},
		"uncompressed":           {200, "180 sha256:0 (COPY)"},
		"layers":                 {1, ""},
		"files":                  {2, "server"},
		"executables":            {3, "x"},
		"setuid":                 {4, "su"},
		"shells":                 {5, "sh"},
		"package-managers":       {6, "apt"},
		"os-packages":            {7, "libc6"},
		"writable":               {8, "/data"},
		"modules.wrong":          {9, "a@v1, b@v1"},
		"pull.go":                {10, "layer sha256:1 of 10 bytes"},
		"pull.go.layers":         {11, "layer sha256:1 of 10 bytes"},
		"pull.page":              {12, "layer sha256:1 of 12 bytes"},
		"pull.page.layers":       {13, "layer sha256:1 of 12 bytes"},
		"pull.dependency":        {14, "layer sha256:1 of 14 bytes"},
		"pull.dependency.layers": {15, "layer sha256:1 of 14 bytes"},
		"start":                  {2, "1.50 to 4.00 in 3 starts"},
		"exit":                   {1, "[0 137 0]"},
		"hostile":                {1, "no /tmp: it does not start"},
	} {
		c := &result.Comparison{Images: []result.Image{{Name: "other"}, image()}}
		kept, broken := Budget{Image: "small", Metric: metric, Most: want.value}, Budget{"small", metric, want.value - 0.5, false, "why"}
		got := Check([]Budget{kept, broken, {Image: "absent", Metric: metric}}, c)
		if len(got) != 2 || got[0].Value != want.value || !got[0].Kept() || got[1].Kept() {
			t.Errorf("%s: %+v, want %v", metric, got, want.value)
			continue
		}
		text := got[1].String()
		if !strings.HasPrefix(text, "small "+metric+" (why): ") || !strings.HasSuffix(text, want.parts) {
			t.Errorf("%s: %q, want the parts %q", metric, text, want.parts)
		}
		if strings.Contains(got[0].String(), "sha256:") {
			t.Errorf("%s: %q names parts of what is within its budget", metric, got[0])
		}
	}
	if got := len(Metrics()); got != 20 {
		t.Errorf("%d metrics, of which 20 are tested", got)
	}
}

// TestExact holds that a budget that says what a metric has to be is not kept by less.
func TestExact(t *testing.T) {
	c := &result.Comparison{Images: []result.Image{image()}}
	for most, want := range map[float64]string{10: "11 of exactly 10", 11: "", 12: "11 of exactly 12"} {
		v := Check([]Budget{{"small", "pull.go.layers", most, true, ""}}, c)[0]
		if v.Kept() != (want == "") || !strings.Contains(v.String(), want) {
			t.Errorf("exactly %v: %q, kept: %t", most, v, v.Kept())
		}
	}
}

// TestNotMeasured holds that a budget is not kept by measuring nothing.
func TestNotMeasured(t *testing.T) {
	c := &result.Comparison{Images: []result.Image{{Name: "small"}}}
	for _, metric := range []string{"start", "exit", "hostile", "pull.go", "pull.page.layers", "modules.wrong"} {
		v := Check([]Budget{{Image: "small", Metric: metric, Most: 1e12}}, c)[0]
		if v.Kept() || v.String() != "small "+metric+": not measured" {
			t.Errorf("%s: %q, kept: %t", metric, v, v.Kept())
		}
	}
}
