package tools

import (
	"os"
	"path/filepath"
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

// TestSameModules holds that the registry for tests needs the modules of the service
// in the same versions. Bazel resolves both together and takes the higher ones, Go
// resolves each alone.
func TestSameModules(t *testing.T) {
	registry := "../e2e/registry/go.mod"
	if path := os.Getenv("ITEMS_REGISTRY_GO_MOD"); path != "" {
		registry = filepath.Join(os.Getenv("TEST_SRCDIR"), path)
	}
	want, got := versions(t, "../go.mod"), versions(t, registry)
	shared := 0
	for module, version := range got {
		if want[module] == "" {
			continue
		}
		shared++
		if version != want[module] {
			t.Errorf("e2e/registry/go.mod has %s %s, want %s as go.mod has", module, version, want[module])
		}
	}
	if shared == 0 {
		t.Error("no module is in both")
	}
}

// versions returns those of the modules in a go.mod.
func versions(t *testing.T, path string) map[string]string {
	t.Helper()
	versions := make(map[string]string)
	for _, match := range regexp.MustCompile(`(?m)^(?:require |\t)(\S+) (v\S+)`).FindAllStringSubmatch(read(t, path), -1) {
		versions[match[1]] = match[2]
	}
	return versions
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
