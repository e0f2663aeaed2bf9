package report

import (
	"strings"
	"testing"

	"example.com/multistage/compare/result"
)

// TestFindings holds that figures which say the opposite make the opposite sentence.
func TestFindings(t *testing.T) {
	for _, tt := range []struct {
		name, title, want string
		change            func(large, ko *result.Image)
	}{
		{"as made up", "Size", "`traditional` is the largest image, 310 MB to pull, and `multistage` the smallest, 3.21 MB: 96.6 times as much.", nil},
		{"the other is larger", "Size", "`ko` is the largest image, 900 MB to pull, and `multistage` the smallest", func(_, ko *result.Image) { ko.Facts.Compressed = 900e6 }},
		{"of one size", "Size", "they are about the same.", func(l, _ *result.Image) { l.Facts.Compressed = 3_220_000 }},

		{"as made up", "Start and size", "`traditional` is 96.6 times as large as `multistage`; its container starts in 412 ms (395 ms to 433 ms, 3), that of `multistage` in 405 ms (391 ms to 441 ms, 3). On a machine that has the image, start hardly depends on its size", nil},
		{"slower", "Start and size", "The larger image starts later.", func(l, _ *result.Image) { l.Run.Container = []float64{0.9, 0.8, 0.95} }},
		{"faster", "Start and size", "The larger image starts sooner", func(l, _ *result.Image) { l.Run.Container = []float64{0.2, 0.2, 0.2} }},
		{"spread", "Start and size", "The rounds overlap", func(l, _ *result.Image) { l.Run.Container = []float64{0.4, 0.8, 0.9} }},
		{"of one size", "Start and size", "", func(l, _ *result.Image) { l.Facts.Compressed = 3_220_000 }},
		{"not run", "Start and size", "", func(l, _ *result.Image) { l.Run = nil }},

		{"as made up", "Memory and size", "Memory hardly depends on the size of the image", nil},
		{"more", "Memory and size", "takes more, which does not prove that size costs memory", func(l, _ *result.Image) { l.Run.IdleRSS = []float64{2e7} }},
		{"less", "Memory and size", "takes less, so size is not", func(l, _ *result.Image) { l.Run.IdleRSS = []float64{2e6} }},

		{"as made up", "Start of the program", "takes 1.26 times (`traditional`) to 1.26 times (`traditional`) as long as a program that does nothing but say hello by `net/http`. Single starts spread more: from 1.22 to 1.29 times.", nil},
		{"one is slower", "Start of the program", "to 3 times (`ko`) as long", func(_, ko *result.Image) { ko.Run.Process, ko.Run.Hello = []float64{3}, []float64{1} }},

		{"as made up", "Builds", "With empty caches, a build takes 80 s by `traditional` (1 sample), 94 s by `ko` (1 sample), 95 s by `bazel` (1 sample) and 96 s by `multistage` (1 sample). After one line of Go, it takes 4.5 s by `multistage`, 5.5 s by `bazel`, 6.5 s by `ko` and 20.5 s by `traditional`. Who is slowest with empty caches is not slowest after a change.", nil},
		{"slow throughout", "Builds", "Who is slowest with empty caches is slowest after a change too.", func(l, _ *result.Image) { l.Builds[0].Samples[0].Seconds = 500 }},
		{"no builds", "Builds", "After one line of Go, it takes 4.5 s by `multistage`", func(l, _ *result.Image) { l.Builds = l.Builds[2:] }},

		{"as made up", "Delivery", "With one line of Go changed, a node pulls 3.1 MB of `multistage` (1 layer) and 42 MB of `traditional` (3 layers).", nil},
		{"the other way round", "Delivery", "pulls 5 B of `traditional` (1 layer) and 3.1 MB of `multistage`", func(l, _ *result.Image) {
			l.Builds[2].Pull = &result.Pull{Bytes: 5, Layers: 1}
		}},
		{"alike", "Delivery", "a node pulls about as much of each: 3.1 MB to 3.1 MB.", func(l, _ *result.Image) { l.Builds[2].Pull.Bytes = 3_100_001 }},

		{"as made up", "What is inside", "`traditional` has 24,812 files and folders, among them 4 shells and 9 setuid files, and 211 OS packages to keep up to date.", nil},
		{"as made up", "What is inside", "`multistage` and `bazel` have 8 files and folders, and no shell", func(_, ko *result.Image) { ko.Facts.Files.Count = 9 }},
		{"with a shell", "What is inside", "`ko` has 8 files and folders, among them 1 shell and 0 setuid files", func(_, ko *result.Image) { ko.Facts.Shells.Count = 1 }},

		{"as made up", "What scanners see", "`multistage`, `bazel` and `ko` name exactly the modules of the service. What they say is not what the service is made of in `traditional` (1 missing and 37 of others).", nil},
		{"false", "What scanners see", "in `traditional` (1 missing and 37 of others) and `ko` (1 missing).", func(_, ko *result.Image) { ko.Facts.Modules.Missing.Count = 1 }},
		{"not compared", "What scanners see", "`multistage` and `bazel` name exactly", func(_, ko *result.Image) { ko.Facts.Modules.Compared = false }},

		{"as made up", "The same again", "`multistage`, `bazel` and `ko` gave the same layers", nil},
		{"not so", "The same again", "`traditional` and `ko` gave others", func(_, ko *result.Image) { ko.Facts.Reproducible = new(false) }},

		{"as made up", "Debugging", "opens a shell in a container of `traditional`. `multistage`, `bazel` and `ko` have no shell: [Debugging an image without a shell](image.md#debugging-an-image-without-a-shell)", nil},
		{"no shell", "Debugging", "`traditional`, `multistage`, `bazel` and `ko` have no shell: [", func(l, _ *result.Image) { l.Facts.Shells.Count = 0 }},
		{"a small one has one", "Debugging", "in a container of `traditional` and `ko`.", func(_, ko *result.Image) { ko.Facts.Shells.Count = 1 }},

		{"as made up", "Hostile runtime", "`multistage`, `bazel` and `ko` pass all cases. `traditional` fails some", nil},
		{"all pass", "Hostile runtime", "An image with a shell is among them", func(l, _ *result.Image) { l.Hostile = l.Hostile[:1] }},

		{"as made up", "Stop", "After SIGTERM, `traditional`, `multistage`, `bazel` and `ko` ended with exit code 0 in every round.", nil},
		{"killed", "Stop", "`ko` did not always end with exit code 0.", func(_, ko *result.Image) { ko.Run.ExitCodes[1] = 137 }},
	} {
		c := madeUp()
		if tt.change != nil {
			tt.change(&c.Images[0], &c.Images[3])
		}
		got := ""
		for _, f := range findings(c) {
			if f.Title == tt.title {
				got = f.Text
			}
		}
		if !strings.Contains(got, tt.want) || (tt.want == "") != (got == "") {
			t.Errorf("%s, %s:\n%q, want\n%q", tt.title, tt.name, got, tt.want)
		}
	}
}
