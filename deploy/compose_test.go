package deploy

import (
	"os"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// machine is what compose.yaml makes, with what its containers run.
type machine struct {
	*types.Project
	binary binary
	nginx  string // nginx.conf
}

// loadCompose reads compose.yaml as Docker Compose does: against the schema of the Compose
// specification, in which a field that it does not know is an error.
func loadCompose(t *testing.T) *machine {
	t.Helper()
	content, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	nginx, err := os.ReadFile("nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	project, err := parseCompose(t, content)
	if err != nil {
		t.Fatal(err)
	}
	return &machine{project, facts(t), string(nginx)}
}

// parseCompose reads a file of this folder, with none of the machine's own environment.
func parseCompose(t *testing.T, content []byte) (*types.Project, error) {
	t.Helper()
	return loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  ".",
		ConfigFiles: []types.ConfigFile{{Filename: "compose.yaml", Content: content}},
		Environment: types.Mapping{},
	}, func(o *loader.Options) { o.SetProjectName("items", true) })
}

func TestComposeIsReadStrictly(t *testing.T) {
	for name, content := range map[string]string{
		"unknown field":   "services: {a: {image: a, read_olny: true}}",
		"unknown service": "services: {a: {image: a, depends_on: [b]}}",
		"unknown network": "services: {a: {image: a, networks: [b]}}",
		"field twice":     "services:\n  a:\n    image: a\n    image: b\n",
		"no duration":     "services: {a: {image: a, stop_grace_period: long}}",
	} {
		if _, err := parseCompose(t, []byte(content)); err == nil {
			t.Errorf("%s: %q is taken", name, content)
		}
	}
}

func TestCompose(t *testing.T) {
	rules := []rule[*machine]{
		{"services", services},
		{"locked", locked},
		{"users", users},
		{"environment", environment},
		{"secrets", secrets},
		{"networks", networks},
		{"published", published},
		{"order", order},
		{"health", health},
		{"replicas", replicas},
		{"stop", stop},
		{"kept", kept},
		{"pool", pool},
		{"upstream", upstream},
		{"streams", streams},
	}
	testRules(t, loadCompose, rules, composeCases())
}
