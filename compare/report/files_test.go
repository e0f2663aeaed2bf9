package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/multistage/compare/result"
)

const root = "../.."

// TestCommitted holds that what is made of docs/comparison.json is committed as it would be made now, and that
// without it nothing is that only a comparison can tell.
func TestCommitted(t *testing.T) {
	c, err := result.Read(filepath.Join(root, "docs/comparison.json"))
	if os.IsNotExist(err) {
		wantNothingMade(t)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	files, err := Files(c, os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		if got, err := os.ReadFile(filepath.Join(root, path)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what docs/comparison.json tells (%v): run %s", path, err, commandDocs)
		}
	}
}

func wantNothingMade(t *testing.T) {
	for _, name := range []string{"docs/comparison.md", "docs/comparison.svg"} {
		if _, err := os.Stat(filepath.Join(root, name)); !os.IsNotExist(err) {
			t.Errorf("there is %s without docs/comparison.json: %v", name, err)
		}
	}
	for _, name := range []string{readmePath, homePath} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		empty, err := put(os.DirFS(root), name, "")
		if err != nil || !bytes.Equal(content, empty) {
			t.Errorf("%s tells of a comparison that is not there: %v", name, err)
		}
	}
}

// TestFiles holds that what is made takes the place of what was, and nothing else.
func TestFiles(t *testing.T) {
	with := func(part string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("before\n  <!-- made by compare docs -->\n" + part + "  <!-- end of what compare docs makes -->\nafter\n")}
	}
	repository := fstest.MapFS{"README.md": with("old\n"), "server/web/index.html": with("")}
	c := madeUp()
	files, err := Files(c, repository)
	if err != nil {
		t.Fatal(err)
	}
	section, err := Section(c)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"README.md": string(with(Readme(c)).Data), "server/web/index.html": string(with(section).Data), "docs/comparison.svg": SVG(c)} {
		if got := string(files[path]); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if !strings.HasPrefix(string(files["docs/comparison.md"]), "# ") || len(files) != 4 {
		t.Errorf("%d files, the page begins with %.20q", len(files), files["docs/comparison.md"])
	}
	repository["README.md"] = &fstest.MapFile{Data: []byte("no marks\n")}
	if _, err := Files(c, repository); err == nil || !strings.Contains(err.Error(), "README.md") {
		t.Errorf("%v, want an error that names README.md", err)
	}
}
