package report

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"example.com/multistage/compare/result"
)

func wantAll(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in\n%s", w, text)
		}
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := Text(&b, madeUp()); err != nil {
		t.Fatal(err)
	}
	wantAll(t, b.String(),
		"\nSize\n", "\nAttack surface\n", "\nBuild\n", "\nDelivery\n", "\nRun\n", "\nHostile runtime\n",
		"  compressed      310 MB       3.21 MB", "  go, time            20.5 s (20 s to 21 s, 2)",
		"  traditional, 32 MiB of memory: killed by | the kernel\n", "traditional: its base was assembled locally",
		"2026-11-25, revision abc-dirty. A processor, 2 processors, 16 GB of memory, docker 20.10, go 1.26.")
}

func TestMarkdown(t *testing.T) {
	page, err := Markdown(madeUp())
	if err != nil {
		t.Fatal(err)
	}
	wantAll(t, page,
		"built into an image in 4 ways,",
		"| traditional (see the note below) | `golang-traditional` | `docker build -f Dockerfile .` | linux/amd64 |",
		`- traditional: its base was assembled locally \| no registry was reachable`,
		"|  | traditional | multistage | bazel | ko |\n| --- | --- | --- | --- | --- |\n| compressed | 310 MB | 3.21 MB | 3.21 MB | 3.21 MB |",
		"| is that list true | no: 1 missing and 37 of others | yes |",
		"| cold, time | 80 s (1 sample) |", "| go, CPU | 40 s (40 s to 40 s, 2) |",
		"| after go | 42 MB in 3 layers | 3.1 MB in 1 layer |", "- *go, time*: one line of Go changed\n",
		"| times hello | 1.26 x (1.22 x to 1.29 x, 3) |", "| exit code | 0 |",
		"| 32 MiB of memory | FAIL | pass | pass | pass |", `- traditional, 32 MiB of memory: killed by \| the kernel`,
		"Made by `go run ./compare -run golang-traditional golang-multistage golang-bazel golang-ko`.",
		"| go | bazel | layer | `fedcba987654` | 3,099,300 |")
	if strings.Contains(page, "after cold") || strings.Contains(page, "after warm") {
		t.Error("the page has a pull where nothing was delivered before")
	}
}

// TestExplained holds that each row of a table is explained before it, but CPU, which the group tells, and the
// cases of the hostile runtime, which say it themselves.
func TestExplained(t *testing.T) {
	for _, table := range tables(madeUp()) {
		if table.About == "" || table.Command == "" {
			t.Errorf("%s has no explanation or no command", table.Title)
		}
		for _, r := range table.Rows {
			if r.About == "" && !strings.HasSuffix(r.Name, ", CPU") && table.Title != "Hostile runtime" {
				t.Errorf("%s is not explained", r.Name)
			}
		}
	}
}

// TestHoles holds that what was not measured leaves out its tables, charts and sentences.
func TestHoles(t *testing.T) {
	bare := madeUp()
	for n := range bare.Images {
		bare.Images[n].Builds, bare.Images[n].Run, bare.Images[n].Hostile = nil, nil, nil
	}
	one := madeUp()
	one.Images = one.Images[1:2]
	empty := &result.Comparison{}
	partly := madeUp()
	partly.Images[1].Run, partly.Images[1].Builds, partly.Images[1].Hostile = nil, nil, nil
	partly.Images[2].Run = &result.Run{}
	for name, c := range map[string]*result.Comparison{"bare": bare, "one": one, "empty": empty, "partly": partly} {
		page, err := Markdown(c)
		section, err2 := Section(c)
		if err := errors.Join(err, err2, Text(io.Discard, c)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, text := range []string{page, section, Readme(c), SVG(c)} {
			for _, hole := range []string{"NaN", "Inf", "<no value>", "%!", "|  |  |", " `` ", " ,", " . "} {
				if strings.Contains(text, hole) {
					t.Errorf("%s: %q in\n%s", name, hole, text)
				}
			}
		}
		for _, title := range []string{"## Build\n", "## Run\n", "## Delivery\n", "## Hostile runtime\n", "### What was pulled"} {
			if has := strings.Contains(page, title); has != (name == "one" || name == "partly") {
				t.Errorf("%s: %q: %v", name, title, has)
			}
		}
	}
	if got := len(charts(bare)); got != 2 {
		t.Errorf("%d charts of facts, want 2", got)
	}
}

// TestSVG holds that the picture is XML, and that its bars are as long as they should be.
func TestSVG(t *testing.T) {
	c := madeUp()
	c.Images[3].Name = "k<o"
	picture := SVG(c)
	for d := xml.NewDecoder(strings.NewReader(picture)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, picture)
		}
	}
	wantAll(t, picture,
		`<rect class="first" x="138" y="44" width="240.0" height="14"/>`, // 310 MB, the most
		`<rect class="bar" x="138" y="66" width="2.5" height="14"/>`,     // 3.21 MB
		`<rect class="bar" x="618" y="66" width="1.0" height="14"/>`,     // 8 of 24,812 files: a pixel
		`<path class="spread" d="M366.6 183H378.0"/>`,                    // 20 to 21 s
		">k&lt;o</text>", "prefers-color-scheme: dark", "Bytes to pull: traditional 310 MB, multistage 3.21 MB, ", "Linear scales from zero")
	if got := strings.Count(picture, `class="head"`); got != 6 {
		t.Errorf("%d charts, want 6", got)
	}
}

func TestReadme(t *testing.T) {
	wantAll(t, Readme(madeUp()), "](docs/comparison.svg)", "(docs/comparison.md)", "Medians of 2026-11-25",
		"| image | Bytes to pull | Files and folders in the image |", "| traditional | 310 MB | 24,812 | 20.5 s | 42 MB | 412 ms | 9.7 MB |")
}

func TestFormat(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{asBytes(0), "0 B"}, {asBytes(999), "999 B"}, {asBytes(999.6), "1 kB"}, {asBytes(3_214_000), "3.21 MB"}, {asBytes(9_996_000), "10 MB"},
		{asBytes(99.96e6), "100 MB"}, {asBytes(1.5e9), "1.5 GB"}, {asBytes(12_345e9), "12,345 GB"},
		{asSeconds(0), "0 s"}, {asSeconds(0.0000042), "4.2 µs"}, {asSeconds(0.0123), "12.3 ms"}, {asSeconds(0.9999), "1 s"}, {asSeconds(1234), "1,234 s"},
		{number(10), "10"}, {number(100), "100"}, {number(1_234_567), "1,234,567"}, {number(0.5), "0.5"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}
