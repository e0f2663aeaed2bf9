package tools

import (
	"regexp"
	"testing"
)

// TestGoModulePath holds that Gazelle knows the module by the path in go.mod.
func TestGoModulePath(t *testing.T) {
	want := find(t, "../go.mod", `(?m)^module (\S+)$`)
	if got := find(t, "../BUILD.bazel", `(?m)^# gazelle:prefix (\S+)$`); got != want {
		t.Errorf("BUILD.bazel has %q, want %q as go.mod has", got, want)
	}
}

// find returns the first group of a pattern's only match in a file.
func find(t *testing.T, path, pattern string) string {
	t.Helper()
	matches := regexp.MustCompile(pattern).FindAllStringSubmatch(read(t, path), -1)
	if len(matches) != 1 {
		t.Fatalf("%s has %d lines like %s, want 1", path, len(matches), pattern)
	}
	return matches[0][1]
}
