package boltstore

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"example.com/multistage/items"
)

// TestReleasesAreOfExports holds what lets go of the map: pages that are read again and
// again would pay for it each time.
func TestReleasesAreOfExports(t *testing.T) {
	s := newStore(t)
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
		t.Fatal(err)
	}
	before := s.file.unreleased.Load()
	if _, _, err := s.AppendList(t.Context(), nil, items.Query{Limit: 10}); err != nil {
		t.Fatal(err)
	}
	if after := s.file.unreleased.Load(); after != before {
		t.Errorf("AppendList counts %d bytes", after-before)
	}
	if _, err := s.List(t.Context(), items.Query{Limit: 10}); err != nil {
		t.Fatal(err)
	}
	if after := s.file.unreleased.Load(); after <= before {
		t.Error("List counts nothing")
	}
}

// BenchmarkListAll reads 300,000 items of some 200 bytes, page by page, and reports
// the memory that the process has by then, in MB: of mapped files, and at most.
func BenchmarkListAll(b *testing.B) {
	s := newStore(b)
	drafts := make([]items.Draft, 1000)
	for i := range drafts {
		drafts[i] = items.Draft{Name: "An item", Description: strings.Repeat("x", 60)}
	}
	for range 300 {
		if _, err := s.CreateBatch(b.Context(), drafts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(status(b, "RssFile"), "MB-mapped-after-import")
	for b.Loop() {
		for q := (items.Query{Limit: 1000}); ; {
			page, err := s.List(b.Context(), q)
			if err != nil {
				b.Fatal(err)
			}
			if q.After = page.Next; q.After == 0 {
				break
			}
		}
	}
	b.ReportMetric(status(b, "RssFile"), "MB-mapped")
	b.ReportMetric(status(b, "VmHWM"), "MB-peak")
}

// status returns a line of /proc/self/status, which is in kB, in MB.
func status(b *testing.B, name string) float64 {
	b.Helper()
	f, err := os.Open("/proc/self/status")
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == name+":" {
			kB, err := strconv.Atoi(fields[1])
			if err != nil {
				b.Fatal(err)
			}
			return float64(kB) / 1024
		}
	}
	b.Fatalf("no %s", name)
	return 0
}
