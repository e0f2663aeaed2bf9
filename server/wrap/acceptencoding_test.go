package wrap

import (
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, tt := range []struct {
		header string // lines, divided by |
		coding string
		must   bool
	}{
		{"", "identity", false},
		{"identity", "identity", false},
		{"gzip", "gzip", false},
		{"zstd", "identity", false},
		{"gzip, deflate, br, zstd", "gzip", false},
		{"br|gzip", "gzip", false},
		{"GZIP", "gzip", false},
		{"x-gzip", "gzip", false},
		{"br, deflate", "identity", false},
		{"gzip;q=0.9, zstd;q=1.0", "gzip", false},
		{"gzip;q=0.001", "gzip", false},
		{"gzip;q=0", "identity", false},
		{"gzip;q=0, *", "identity", false},
		{"gzip;q=0.5, identity", "identity", false},
		{"gzip;q=0.5, identity;q=0.5", "gzip", false},
		{"identity;q=0.5, gzip;q=0.2", "identity", false},
		{"*", "gzip", false},
		{"*;q=0.5, gzip", "gzip", false},
		{"*;q=0", "identity", false},
		{"gzip, *;q=0", "gzip", true},
		{"identity;q=0", "identity", false},
		{"identity;q=0, gzip", "gzip", true},
		{"identity;q=0, *", "gzip", true},
		{"identity;q=0.1, gzip, *;q=0", "gzip", false},
		{"identity;q=0, br", "identity", false},
		{"gzip;q=", "identity", false},
		{"gzip;level=9", "gzip", false},
		{"gzip;q=x", "identity", false},
		{"gzipped, gzi", "identity", false},
	} {
		coding, must := choose(strings.Split(tt.header, "|"))
		if coding != tt.coding || must != tt.must {
			t.Errorf("%q: %s, %t; want %s, %t", tt.header, coding, must, tt.coding, tt.must)
		}
	}
	if coding, must := choose(nil); coding != identity || must {
		t.Errorf("no header: %s, %t", coding, must)
	}
}

// TestChooseAllocatesNothing holds it for what browsers, curl and Go send.
func TestChooseAllocatesNothing(t *testing.T) {
	for _, lines := range [][]string{nil, {"gzip, deflate, br, zstd"}, {"gzip"}, {"deflate, gzip;q=1.0, *;q=0.5"}} {
		if n := testing.AllocsPerRun(100, func() { choose(lines) }); n != 0 {
			t.Errorf("%q: %v allocations", lines, n)
		}
	}
}

// FuzzChoose checks that the coding is one that the header names, or a star.
func FuzzChoose(f *testing.F) {
	for _, seed := range []string{"", "gzip", "gzip;q=0.5, zstd;q=1.000", "*;q=0", "identity;q=0,x-gzip", "gzip;q=1.|zstd"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		coding, must := choose(strings.Split(header, "|"))
		switch {
		case coding == identity && !must:
		case coding != gzipCoding:
			t.Errorf("%q: %s, %t", header, coding, must)
		case !strings.Contains(strings.ToLower(header), coding) && !strings.Contains(header, "*"):
			t.Errorf("%q: %s, which it does not name", header, coding)
		}
	})
}
