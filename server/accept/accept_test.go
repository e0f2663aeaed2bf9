package accept

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWeights(t *testing.T) {
	for _, tt := range []struct{ header, want string }{ // lines, divided by |
		{"", ""},
		{"gzip", "gzip 1"},
		{" GZIP ,\tbr|zstd", "gzip 1,br 1,zstd 1"},
		{",,;q=1, ,gzip", "gzip 1"},
		{"a;q=0, b;q=0.000, c;q=1.000, d;q=1, e;q=1.", "a 0,b 0,c 1,d 1,e 1"},
		{"a ; q=0.5 ,b;Q=0.25,c;q=0.125", "a 0.5,b 0.25,c 0.125"},
		{"a;q=, b;q, c;q=2, d;q=1.001, e;q=0.1234, f;q=., g;q=-1, h;q=+1, i;q=x, j;q=0x1, k;q=NaN", ""},
		{"text/html;level=1;q=0.5, */*;q=0.1;ext", "text/html 0.5,*/* 0.1"},
		{`text/a;b="x,\"y;q=0", text/b;q="1"`, "text/a 1"},
		{`text/a;b="x, text/b`, "text/a 1"},
		{`a;b="\`, "a 1"},
	} {
		var got []string
		for name, weight := range Weights(strings.Split(tt.header, "|")) {
			got = append(got, fmt.Sprint(name, " ", weight))
		}
		if strings.Join(got, ",") != tt.want {
			t.Errorf("%s: %q, want %s", tt.header, got, tt.want)
		}
	}
	for name := range Weights([]string{"a, b"}) {
		if name != "a" {
			t.Errorf("%s comes after the end", name)
		}
		break
	}
}

// FuzzWeights checks that each name is in the header, and the weights within their
// limits.
func FuzzWeights(f *testing.F) {
	for _, seed := range []string{
		"gzip;q=0.5, zstd;q=1.000", "*;q=0|x-gzip", `a/b;c="\",", application/x-ndjson;q=0`, ",;=\"\\", "a/b;q*0=1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		lines := strings.Split(header, "|")
		for name, weight := range Weights(lines) {
			in := func(line string) bool { return strings.Contains(strings.ToLower(line), name) }
			if weight < 0 || weight > 1 || name == "" || !slices.ContainsFunc(lines, in) {
				t.Errorf("%q: %q has the weight %v", header, name, weight)
			}
		}
	})
}
