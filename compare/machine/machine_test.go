package machine

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDescribe(t *testing.T) {
	root := t.TempDir()
	for path, content := range map[string]string{
		".bazelversion":     "7.7.1\n",
		"compare/ko/go.mod": "module m\n\ntool github.com/google/ko\n\nrequire (\n\tgithub.com/google/go-cmp v0.7.0 // indirect\n\tgithub.com/google/ko v0.18.0 // indirect\n)\n",
	} {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m := Describe(t.Context(), root)
	if m.Cores < 1 || m.Memory < 1<<20 {
		t.Errorf("%d processors, %d bytes of memory", m.Cores, m.Memory)
	}
	for tool, want := range map[string]string{"bazel": "7.7.1", "ko": "v0.18.0"} {
		if got := m.Tools[tool]; got != want {
			t.Errorf("%s %q, want %q", tool, got, want)
		}
	}
	if m.Tools["linux"] == "" || m.Tools["go"] == "" {
		t.Errorf("versions %q", m.Tools)
	}
	if elsewhere := Describe(t.Context(), t.TempDir()); elsewhere.Tools["bazel"] != "" || elsewhere.Tools["ko"] != "" {
		t.Errorf("outside of a repository: %q", elsewhere.Tools)
	}
}
