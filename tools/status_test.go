package tools

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// git runs Git in a directory, as nobody in particular.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	command := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	command.Dir = dir
	command.Env = append(command.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_COMMITTER_DATE=2026-11-24T01:30:00+02:00")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}

// status returns what workspace_status.sh prints in a directory, by key.
func status(t *testing.T, dir string) map[string]string {
	t.Helper()
	script, err := filepath.Abs("workspace_status.sh")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(script)
	command.Dir = dir
	// Above the directory there is nothing to find.
	command.Env = append(command.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	stdout, stderr, code := output(t, command)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	values := make(map[string]string)
	for line := range strings.Lines(stdout) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		values[key] = value
	}
	return values
}

func TestWorkspaceStatus(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skipf("a release is stamped from Git: %v", err)
	}
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	write(t, filepath.Join(dir, "file"), "a")
	git(t, dir, "add", "file")
	git(t, dir, "commit", "--quiet", "--message=first")
	git(t, dir, "tag", "release/v1.2.3+a&b")

	got := status(t, dir)
	want := map[string]string{
		"STABLE_VERSION":  "release/v1.2.3+a&b",
		"STABLE_TAG":      "release-v1.2.3-a-b",
		"STABLE_CREATED":  "2026-11-23T23:30:00Z",
		"STABLE_REVISION": strings.TrimSpace(read(t, filepath.Join(dir, ".git/refs/heads", branch(t, dir)))),
	}
	for key, value := range want {
		if got[key] != value || value == "" {
			t.Errorf("%s is %q, want %q", key, got[key], value)
		}
	}
	write(t, filepath.Join(dir, "file"), "b")
	if got := status(t, dir)["STABLE_VERSION"]; got != "release/v1.2.3+a&b-dirty" {
		t.Errorf("with a change the version is %q", got)
	}
}

// A registry would refuse other tags, after all else is pushed.
func TestWorkspaceStatusTag(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skipf("a release is stamped from Git: %v", err)
	}
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	git(t, dir, "commit", "--quiet", "--allow-empty", "--message=first")
	for tag, want := range map[string]string{
		"v1.2.3":                 "v1.2.3",
		"+v1":                    "_v1",
		"grün":                   "gr--n",
		strings.Repeat("a", 200): strings.Repeat("a", 128),
	} {
		git(t, dir, "tag", tag)
		if got := status(t, dir)["STABLE_TAG"]; got != want {
			t.Errorf("%s gives the tag %q, want %q", tag, got, want)
		}
		git(t, dir, "tag", "--delete", tag)
	}
}

func branch(t *testing.T, dir string) string {
	t.Helper()
	return strings.TrimPrefix(strings.TrimSpace(read(t, filepath.Join(dir, ".git/HEAD"))), "ref: refs/heads/")
}

// Without a repository a stamped build says what one without a stamp says.
func TestWorkspaceStatusWithoutGit(t *testing.T) {
	got := status(t, t.TempDir())
	for key, want := range map[string]string{
		"STABLE_VERSION":  "dev",
		"STABLE_TAG":      "dev",
		"STABLE_CREATED":  "1970-01-01T00:00:00Z",
		"STABLE_REVISION": "unknown",
	} {
		if got[key] != want {
			t.Errorf("%s is %q, want %q", key, got[key], want)
		}
	}
}
