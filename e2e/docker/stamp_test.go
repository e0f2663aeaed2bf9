package docker

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stamp is what a build says of where it comes from.
type stamp struct{ version, revision, created string }

// flags returns the flags of docker build that stamp an image.
func (s stamp) flags() []string {
	return []string{"--build-arg=VERSION=" + s.version, "--build-arg=REVISION=" + s.revision, "--build-arg=CREATED=" + s.created}
}

// releaseStamp returns what a build of a release of this commit carries.
func releaseStamp(t *testing.T) stamp {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Fatal("a release is stamped from Git: ", err)
	}
	script, err := filepath.Abs(filepath.Join(root, "tools/workspace_status.sh"))
	if err != nil {
		t.Fatal(err)
	}
	status := make(map[string]string)
	for line := range strings.Lines(output(t, root, script)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		status[key] = value
	}
	return stamp{status["STABLE_VERSION"], status["STABLE_REVISION"], status["STABLE_CREATED"]}
}
