package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSweep holds that only the folders of runs that have ended are removed.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	running, _, remove, err := dataFolder(options{data: folder, quick: true}, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	left, foreign := filepath.Join(folder, ".data-left"), filepath.Join(folder, ".data-mine")
	for _, dir := range []string{left, foreign} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(left, mark), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	if err := sweep(folder, &told); err != nil || !strings.Contains(told.String(), left) {
		t.Errorf("%v, told %q", err, told.String())
	}
	there := func(dir string) bool { _, err := os.Stat(dir); return err == nil }
	if there(left) || !there(foreign) || !there(running) {
		t.Errorf("left by a run: %v, of somebody else: %v, of a run that lasts: %v", there(left), there(foreign), there(running))
	}
	if remove(); there(running) {
		t.Error("a run leaves its folder")
	}
}
