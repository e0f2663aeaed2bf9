package budget

import (
	"fmt"
	"slices"
	"strings"

	"example.com/multistage/compare/result"
)

// metric reads a value from an image, and what it is the sum of. It is false where the image has no such value.
type metric struct {
	name string
	read func(result.Image) (value float64, parts string, measured bool)
}

// Metrics returns the names of what budgets are for.
func Metrics() (names []string) {
	for _, m := range metrics() {
		names = append(names, m.name)
	}
	return names
}

func metrics() []metric {
	all := []metric{
		{"compressed", func(i result.Image) (float64, string, bool) {
			return float64(i.Facts.Compressed), layers(i, func(l result.Layer) int64 { return l.Compressed }), true
		}},
		{"uncompressed", func(i result.Image) (float64, string, bool) {
			return float64(i.Facts.Uncompressed), layers(i, func(l result.Layer) int64 { return l.Uncompressed }), true
		}},
		{"layers", func(i result.Image) (float64, string, bool) { return float64(len(i.Facts.Layers)), "", true }},
		listing("files", func(f result.Facts) result.Listing { return f.Files }),
		listing("executables", func(f result.Facts) result.Listing { return f.Executables }),
		listing("setuid", func(f result.Facts) result.Listing { return f.Setuid }),
		listing("shells", func(f result.Facts) result.Listing { return f.Shells }),
		listing("package-managers", func(f result.Facts) result.Listing { return f.PackageManagers }),
		listing("os-packages", func(f result.Facts) result.Listing { return f.OSPackages }),
		listing("writable", func(f result.Facts) result.Listing { return f.Writable }),
		{"modules.wrong", wrongModules},
		{"start", start},
		{"exit", exits},
		{"hostile", hostile},
	}
	for _, change := range []result.Change{result.Go, result.Page, result.Dependency} {
		all = append(all, pull(change)...)
	}
	return all
}

// layers names the layers of an image by the bytes that they have.
func layers(i result.Image, bytes func(result.Layer) int64) string {
	var parts []string
	for _, l := range i.Facts.Layers {
		parts = append(parts, fmt.Sprintf("%d %s (%s)", bytes(l), l.Digest, l.CreatedBy))
	}
	return strings.Join(parts, ", ")
}

func listing(name string, of func(result.Facts) result.Listing) metric {
	return metric{name, func(i result.Image) (float64, string, bool) {
		l := of(i.Facts)
		return float64(l.Count), strings.Join(l.First, ", "), true
	}}
}

// wrongModules counts modules that a scanner does not see, or that are not of the service.
func wrongModules(i result.Image) (float64, string, bool) {
	m := i.Facts.Modules
	parts := strings.Join(slices.Concat(m.Missing.First, m.Foreign.First), ", ")
	return float64(m.Missing.Count + m.Foreign.Count), parts, m.Compared
}

// start is how many times as long as a bare program the program takes to its first answer.
func start(i result.Image) (float64, string, bool) {
	if i.Run == nil {
		return 0, "", false
	}
	s := result.Ratio(i.Run.Process, i.Run.Hello)
	return s.Median, fmt.Sprintf("%.2f to %.2f in %d starts", s.Min, s.Max, s.Samples), s.Samples > 0
}

// exits counts the runs that did not end with exit code 0 after SIGTERM.
func exits(i result.Image) (count float64, parts string, measured bool) {
	if i.Run == nil || len(i.Run.ExitCodes) == 0 {
		return 0, "", false
	}
	for _, code := range i.Run.ExitCodes {
		if code != 0 {
			count++
		}
	}
	return count, fmt.Sprint(i.Run.ExitCodes), true
}

// hostile counts the cases that did not pass.
func hostile(i result.Image) (float64, string, bool) {
	var failed []string
	for _, h := range i.Hostile {
		if !h.Passed {
			failed = append(failed, h.Name+": "+h.Reason)
		}
	}
	return float64(len(failed)), strings.Join(failed, ", "), len(i.Hostile) > 0
}

// pull returns the metrics of what is pulled after a change: bytes, and layers.
func pull(change result.Change) []metric {
	read := func(value func(*result.Pull) float64) func(result.Image) (float64, string, bool) {
		return func(i result.Image) (float64, string, bool) {
			for _, b := range i.Builds {
				if b.Change == change && b.Pull != nil {
					return value(b.Pull), blobs(b.Pull), true
				}
			}
			return 0, "", false
		}
	}
	name := "pull." + string(change)
	return []metric{
		{name, read(func(p *result.Pull) float64 { return float64(p.Bytes) })},
		{name + ".layers", read(func(p *result.Pull) float64 { return float64(p.Layers) })},
	}
}

// blobs names what is pulled.
func blobs(p *result.Pull) string {
	var parts []string
	for _, b := range p.Blobs {
		parts = append(parts, fmt.Sprintf("%s %s of %d bytes", b.Kind, b.Digest, b.Bytes))
	}
	return strings.Join(parts, ", ")
}
