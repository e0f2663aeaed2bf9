package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeep writes what is made of the made-up figures to a folder that ITEMS_MADE_UP names, as a repository has it,
// to be looked at.
func TestKeep(t *testing.T) {
	folder := os.Getenv("ITEMS_MADE_UP")
	if folder == "" {
		t.Skip("ITEMS_MADE_UP names no folder")
	}
	files, err := Files(madeUp(), os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	if files["docs/comparison.json"], err = madeUp().JSON(); err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := Text(&table, madeUp()); err != nil {
		t.Fatal(err)
	}
	files["table.txt"] = []byte(table.String())
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
