package variant

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/multistage/compare/result"
)

const root = "../.."

// repository returns a repository with files of these names and contents, of which the last is not committed.
func repository(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	for i := 0; i < len(files); i += 2 {
		write(t, filepath.Join(dir, files[i]), files[i+1])
	}
	git(t, dir, "add", ".")
	return dir
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	if _, err := run(t.Context(), dir, nil, "git", args...); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestCopySource(t *testing.T) {
	dir := repository(t, "a/changed file", "as it was", "deleted", "", "run", "")
	write(t, filepath.Join(dir, "a/changed file"), "as it is")
	write(t, filepath.Join(dir, "untracked"), "")
	if err := os.Remove(filepath.Join(dir, "deleted")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "run"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("run", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "add", "link")
	target := t.TempDir()
	if err := copySource(t.Context(), target, dir); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(target, "a/changed file")); got != "as it is" {
		t.Errorf("the changed file has %q", got)
	}
	for _, name := range []string{"deleted", "untracked", ".git"} {
		if _, err := os.Lstat(filepath.Join(target, name)); !os.IsNotExist(err) {
			t.Errorf("%s is in the copy: %v", name, err)
		}
	}
	if info, err := os.Stat(filepath.Join(target, "run")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v, %v; want a program", info, err)
	}
	if link, err := os.Readlink(filepath.Join(target, "link")); err != nil || link != "run" {
		t.Errorf("the link goes to %q, %v", link, err)
	}
}

// TestChanges holds that each change of the source at hand is another one, of one line, and leaves nothing.
func TestChanges(t *testing.T) {
	for _, c := range changes() {
		if c.kind == result.Dependency || c.kind == result.Warm {
			continue
		}
		t.Run(string(c.kind), func(t *testing.T) {
			file, dir := c.files[0], t.TempDir()
			before := read(t, filepath.Join(root, file))
			write(t, filepath.Join(dir, file), before)
			restore, err := keep(dir, c.files)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{before: true}
			for n := range 12 {
				if err := c.make(t.Context(), dir, n); err != nil {
					t.Fatal(err)
				}
				got := read(t, filepath.Join(dir, file))
				if seen[got] || differing(before, got) != 1 {
					t.Errorf("change %d is not another one of one line", n)
				}
				seen[got] = true
			}
			if err := restore(); err != nil || read(t, filepath.Join(dir, file)) != before {
				t.Errorf("the file is not as it was: %v", err)
			}
		})
	}
}

// differing counts the lines that differ in texts of the same number of lines.
func differing(a, b string) (n int) {
	before, after := strings.Split(a, "\n"), strings.Split(b, "\n")
	if len(before) != len(after) {
		return -1
	}
	for i := range before {
		if before[i] != after[i] {
			n++
		}
	}
	return n
}

func TestMissingAnchor(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.css"), "nothing to change")
	err := line(result.Page, "a.css", "--page", func(int) string { return "" }).make(t.Context(), dir, 0)
	if err == nil || !strings.Contains(err.Error(), "a.css") || !strings.Contains(err.Error(), "--page") {
		t.Errorf("%v, want an error that names the file and the anchor", err)
	}
}

func TestDependency(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/a\n\ngo 1.26.8\n\nrequire github.com/rs/cors v1.11.1\n")
	c := changes()[len(changes())-1]
	if err := c.make(t.Context(), dir, 0); err != nil {
		t.Skip("the module proxy is out of reach: ", err)
	}
	if got := read(t, filepath.Join(dir, "go.mod")); !strings.Contains(got, "github.com/rs/cors v1.11.0") {
		t.Error(got)
	}
	if err := c.make(t.Context(), dir, 0); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("%v, want that the version is there already", err)
	}
}

func TestAnother(t *testing.T) {
	for _, test := range []struct {
		taken []float64
		want  bool
	}{
		{nil, true}, {[]float64{29}, true}, {[]float64{1, 1, 1, 1}, true}, {[]float64{31}, false}, {[]float64{15, 15}, false},
		{[]float64{1, 1, 1, 1, 1}, false},
	} {
		var taken []result.Effort
		for _, seconds := range test.taken {
			taken = append(taken, result.Effort{Seconds: seconds})
		}
		if got := another(taken, 5, 30*time.Second); got != test.want {
			t.Errorf("after %v: %v, want %v", test.taken, got, test.want)
		}
	}
	if !another(nil, 5, 0) {
		t.Error("without patience nothing is built")
	}
}

func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stat")
	write(t, path, "cpu  100 200 300 99900 99900 400 500 99900 99900 99900\ncpu0 1 2 3\n")
	if got, err := busy(path); err != nil || got != 15 {
		t.Errorf("%v s, %v; want 15", got, err)
	}
	for _, content := range []string{"", "cpu 1 2\n", "cpu a b c d e f g\n", "intr 1 2 3 4 5 6 7\n"} {
		write(t, path, content)
		if got, err := busy(path); err == nil {
			t.Errorf("%v s of %q", got, content)
		}
	}
}

func TestReproducible(t *testing.T) {
	for _, test := range []struct {
		layers []string
		want   *bool
	}{{nil, nil}, {[]string{"a"}, nil}, {[]string{"a", "a"}, new(true)}, {[]string{"a", "a", "b"}, new(false)}} {
		got := (&bench{layers: test.layers}).reproducible()
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("%q: %v", test.layers, got)
		}
	}
}

// TestBase holds that the base image is found in the Dockerfiles at hand.
func TestBase(t *testing.T) {
	_, version, _ := strings.Cut(read(t, filepath.Join(root, "go.mod")), "\ngo ")
	version, _, _ = strings.Cut(version, "\n")
	for _, name := range []string{"Dockerfile", "Dockerfile.secure"} {
		if got, err := (dockerfile{name}).base(root); err != nil || got != "golang:"+version+"-bookworm" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
