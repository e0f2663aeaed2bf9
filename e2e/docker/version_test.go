package docker

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestVersion holds that a release of one commit says the same version from every
// way to build it: Bazel, both Dockerfiles, and Go alone. So do the labels.
func TestVersion(t *testing.T) {
	Require(t)
	stamp := releaseStamp(t)

	Load(t, root, "--config=release")
	want := served(t, "items:latest")
	if prefix := fmt.Sprintf(`{"version":%q,"revision":%q,"go":"go1.`, stamp.version, stamp.revision); !strings.HasPrefix(want, prefix) {
		t.Errorf("Bazel's image serves %s, want %s...", want, prefix)
	}
	wantLabels := labels(t, "items:latest")
	if !strings.Contains(wantLabels, stamp.created) {
		t.Errorf("Bazel's image has the labels %s, want %s in them", wantLabels, stamp.created)
	}

	wantPrinted := docker(t, "run", "--rm", "--network=none", "items:latest", "version")
	if got := printed(t, stamp); got != wantPrinted {
		t.Errorf("the binary of go build prints %s, want %s as Bazel's", got, wantPrinted)
	}
	for image, dockerfile := range map[string]string{
		"golang-multistage:stamped":  "Dockerfile.secure",
		"golang-traditional:stamped": "Dockerfile",
	} {
		Build(t, root, image, dockerfile, stamp.flags()...)
		if got := served(t, image); got != want {
			t.Errorf("%s serves %s, want %s", image, got, want)
		}
		if got := labels(t, image); got != wantLabels {
			t.Errorf("%s has the labels %s, want %s", image, got, wantLabels)
		}
	}
}

// printed returns what a binary of go build prints as its version.
func printed(t *testing.T, stamp stamp) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "server")
	flags := fmt.Sprintf("-ldflags=-X main.version=%s -X main.revision=%s", stamp.version, stamp.revision)
	output(t, root, "go", "build", flags, "-o", path, "./server")
	return output(t, "", path, "version")
}

// served returns what a container of an image answers at /version.
func served(t *testing.T, image string) string {
	t.Helper()
	response, err := http.Get(Deploy(image)(t).Start(t).URL() + "/version")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// labels returns those that tell which build it is.
func labels(t *testing.T, image string) string {
	t.Helper()
	var templates []string
	for _, name := range []string{"version", "revision", "created"} {
		templates = append(templates, fmt.Sprintf("{{index .Config.Labels %q}}", "org.opencontainers.image."+name))
	}
	return docker(t, "image", "inspect", "--format="+strings.Join(templates, " "), image)
}
