package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestPrefersNDJSON(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                                       false,
		"*/*":                                    false,
		"application/*":                          false,
		"application/json":                       false,
		"application/x-ndjson":                   true,
		"Application/X-NDJSON":                   true,
		"application/x-ndjson, */*":              false,
		"application/x-ndjson, */*;q=0.8":        true,
		"application/x-ndjson, application/json": false,
		"application/x-ndjson;q=0.9, application/json;q=0.8":              true,
		"application/x-ndjson;q=0.8, application/json;q=0.9":              false,
		"application/x-ndjson;q=0.5, */*;q=1, application/json;q=0":       true,
		"application/x-ndjson;q=0.5, application/json;q=0.1, */*":         true,
		"application/x-ndjson;q=0.5, application/*;q=0.1, */*":            true,
		"application/x-ndjson;q=0":                                        false,
		"application/x-ndjson;q=0.001":                                    true,
		"application/x-ndjson;q=2":                                        false,
		"application/x-ndjson;charset=utf-8":                              true,
		`text/a;b="x,application/x-ndjson,\"y"`:                           false,
		`text/a;b="x,\"y", application/x-ndjson`:                          true,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": false,
		"application/*;q=1, application/json;q=0.5":                       false,
		"garbage, application/x-ndjson":                                   true,
	} {
		if got := prefersNDJSON(http.Header{"Accept": {accept}}); got != want {
			t.Errorf("%s: %t", accept, got)
		}
	}
	if !prefersNDJSON(http.Header{"Accept": {"*/*;q=0.1", "application/x-ndjson"}}) {
		t.Error("the second line is not read")
	}
}

func TestPrefersNDJSONAllocatesNothing(t *testing.T) {
	for _, accept := range []string{"*/*", "application/json", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", mediaNDJSON} {
		header := http.Header{"Accept": {accept}}
		if n := testing.AllocsPerRun(100, func() { prefersNDJSON(header) }); n != 0 {
			t.Errorf("%s: %v allocations", accept, n)
		}
	}
}

// FuzzAccept checks that a client never gets NDJSON that does not name it, nor one
// that names nothing else gets it against its will.
func FuzzAccept(f *testing.F) {
	for _, seed := range []string{
		"application/x-ndjson", "*/*;q=0.1, application/x-ndjson;q=0.5", `a/b;c="\",", application/x-ndjson;q=0`, ",;=\"\\", "a/b;q*0=1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, accept string) {
		got := prefersNDJSON(http.Header{"Accept": {accept}})
		if got && !strings.Contains(strings.ToLower(accept), mediaNDJSON) {
			t.Errorf("%q is answered with NDJSON", accept)
		}
		if json := prefersNDJSON(http.Header{"Accept": {accept, mediaJSON}}); json && !strings.Contains(accept, `"`) {
			t.Errorf("%q and JSON is answered with NDJSON", accept)
		}
	})
}
