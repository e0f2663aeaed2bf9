// Package e2e holds what is tested from outside the service, and what compares
// files of this repository.
package e2e

import (
	"os"
	"regexp"
	"testing"
)

// TestGoVersion holds that the Dockerfiles build with the Go version of go.mod.
func TestGoVersion(t *testing.T) {
	want := find(t, "../go.mod", `(?m)^go (\S+)$`)
	for _, path := range []string{"../Dockerfile", "../Dockerfile.secure"} {
		if got := find(t, path, `(?m)^ARG GO_VERSION=(\S+)$`); got != want {
			t.Errorf("%s has Go %s, want %s as go.mod has", path, got, want)
		}
	}
}

// find returns the first group of a pattern's first match in a file.
func find(t *testing.T, path, pattern string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(pattern).FindSubmatch(content)
	if match == nil {
		t.Fatalf("%s has nothing like %s", path, pattern)
	}
	return string(match[1])
}
