package deploy

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// page returns docs/deploying.md, or a section of it.
func page(t *testing.T, heading string) string {
	t.Helper()
	content, err := os.ReadFile("../docs/deploying.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(content), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("docs/deploying.md has no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	return section
}

// blocks returns the manifests in a section.
func blocks(section string) (blocks []string) {
	for _, match := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(section, -1) {
		blocks = append(blocks, match[1])
	}
	return blocks
}

// overlay builds what a user of the page has, mine/kustomization.yaml beside this folder, and
// decodes it strictly.
func overlay(t *testing.T, kustomization string) *cluster {
	t.Helper()
	memory := filesys.MakeFsInMemory()
	err := filepath.WalkDir("kubernetes", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return memory.WriteFile("/deploy/"+path, content)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := memory.WriteFile("/mine/kustomization.yaml", []byte(kustomization)); err != nil {
		t.Fatal(err)
	}
	return kustomize(t, memory, "/mine")
}

// TestDocsOverlay builds what the page tells its readers to write.
func TestDocsOverlay(t *testing.T) {
	kubernetes := blocks(page(t, "Kubernetes, with PostgreSQL"))
	tokens := blocks(page(t, "Tokens and TLS in a container"))
	if len(kubernetes) != 2 || len(tokens) != 1 {
		t.Fatalf("%d and %d manifests, want 2 and 1", len(kubernetes), len(tokens))
	}
	plain, patched, guarded := overlay(t, kubernetes[0]), overlay(t, kubernetes[0]+kubernetes[1]), overlay(t, kubernetes[0]+tokens[0])
	for _, c := range []*cluster{plain, patched, guarded} {
		for _, container := range c.containers() {
			if want := "registry.example/items:v1.2.3"; container.Image != want {
				t.Errorf("the image of %s is %s, want %s", container.Name, container.Image, want)
			}
			if container.Image = "items:latest"; c.settingsOf(container)["PGPASSFILE"] == "" {
				t.Errorf("the merged settings of %s have lost PGPASSFILE", container.Name)
			}
		}
		for _, violation := range violated(append(shared(), rule[*cluster]{"database", databaseAccess}), c) {
			t.Error(violation)
		}
	}
	if got := peers(patched.network("items-egress").Spec.Egress[1].To); strings.Join(got, "") != "addresses in 192.0.2.10/32" {
		t.Errorf("the patched policy lets out to %q", got)
	}
	if file := guarded.settings()["ITEMS_WRITE_TOKEN_FILE"]; !within(file, guarded.mount("tokens", true)) {
		t.Errorf("%q is not in the secret", file)
	}
	plainly, _, _ := strings.Cut(kubernetes[0], "configMapGenerator:")
	embedded := overlay(t, strings.Replace(plainly, "/base", "/embedded", 1))
	if got := embedded.main().Image; got != "registry.example/items:v1.2.3" {
		t.Errorf("the image of the StatefulSet is %s", got)
	}
}

// TestDocsTellTheSettings compares the figures of the page with what is set.
func TestDocsTellTheSettings(t *testing.T) {
	for heading, settings := range map[string]map[string]string{
		"Compose":                     variables(loadCompose(t).Services["items-1"]),
		"Kubernetes, with PostgreSQL": load("kubernetes/base")(t).settings(),
	} {
		told := regexp.MustCompile("`(ITEMS_[A-Z_]+)` ([0-9]+)( s)?").FindAllStringSubmatch(page(t, heading), -1)
		if len(told) == 0 {
			t.Errorf("%s tells of no setting", heading)
		}
		for _, match := range told {
			if got := match[2] + strings.TrimSpace(match[3]); got != settings[match[1]] {
				t.Errorf("%s tells of %s %s, want %s", heading, match[1], got, settings[match[1]])
			}
		}
	}
}
