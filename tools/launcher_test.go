// Package tools tests the Bazel launcher, and that facts which stand in several
// files agree.
package tools

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// needed are the programs that the launcher uses before it has a Bazel.
var needed = []string{"bash", "cat", "cksum", "cut", "dirname", "find", "mkdir"}

// A launcher is a copy of tools/bazel in a workspace of its own.
type launcher struct {
	workspace string
	// bin is all of PATH.
	bin string
	env []string
}

func newLauncher(t *testing.T) launcher {
	t.Helper()
	dir := t.TempDir()
	l := launcher{workspace: filepath.Join(dir, "a workspace"), bin: filepath.Join(dir, "all programs")}
	l.env = []string{"PATH=" + l.bin, "HOME=" + dir, "DIR=" + dir}
	write(t, filepath.Join(l.workspace, ".bazelversion"), "7.7.1\n")
	write(t, filepath.Join(l.workspace, "tools/bazel"), read(t, "bazel"))
	write(t, filepath.Join(l.workspace, "tools/airgap/launch.sh"), read(t, "airgap/launch.sh"))
	for _, name := range needed {
		link(t, name, l.bin)
	}
	return l
}

// addBazel puts a program on PATH that answers like a Bazel of a version: it
// resolves modules with a status, and otherwise prints its name and arguments.
func (l launcher) addBazel(t *testing.T, name, version, status string) {
	t.Helper()
	write(t, filepath.Join(l.bin, name), `#!/usr/bin/env bash
case "$1" in
--version) echo "bazel `+version+`" ;;
mod) echo asked >>"$DIR/asked"; exit `+status+` ;;
*) printf '%s|' "${0##*/}" "$@"; exit 3 ;;
esac
`)
}

// run runs the launcher and returns its output and exit status.
func (l launcher) run(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	command := exec.Command(filepath.Join(l.workspace, "tools/bazel"), args...)
	command.Env = l.env
	return output(t, command)
}

func TestRunsTheBazelThatBazeliskChose(t *testing.T) {
	l := newLauncher(t)
	l.addBazel(t, "bazel", "7.7.1", "0")
	chosen := filepath.Join(l.workspace, "chosen")
	write(t, chosen, "#!/usr/bin/env bash\nprintf '%s|' \"$@\" \"$PWD\"; cat; exit 8\n")
	command := exec.Command(filepath.Join(l.workspace, "tools/bazel"), "run", "two words", "", "*", "--", "-x")
	command.Env = append(l.env, "BAZEL_REAL="+chosen)
	command.Stdin = strings.NewReader("the input")
	command.Dir = t.TempDir()
	stdout, stderr, status := output(t, command)
	if want := "run|two words||*|--|-x|" + command.Dir + "|the input"; stdout != want || stderr != "" || status != 8 {
		t.Errorf("%q, %q, exit %d; want %q, nothing, exit 8", stdout, stderr, status, want)
	}
}

func TestRunsABazelOnPath(t *testing.T) {
	for _, name := range []string{"bazel", "bazelisk"} {
		t.Run(name, func(t *testing.T) {
			l := newLauncher(t)
			l.addBazel(t, name, "7.7.1", "0")
			for range 2 {
				stdout, _, status := l.run(t, "test", "two words")
				if want := name + "|test|two words|"; stdout != want || status != 3 {
					t.Errorf("%q, exit %d; want %q, exit 3", stdout, status, want)
				}
			}
			if got := read(t, filepath.Join(filepath.Dir(l.bin), "asked")); got != "asked\n" {
				t.Errorf("the registry was asked %d times, want once", strings.Count(got, "\n"))
			}
		})
	}
}

// Without apt-get no Bazel can be made either: one line says so.
func TestRefusesOtherBazels(t *testing.T) {
	for name, add := range map[string]func(launcher){
		"none":                      func(launcher) {},
		"of another version":        func(l launcher) { l.addBazel(t, "bazel", "7.7.10", "0") },
		"that reaches no registry":  func(l launcher) { l.addBazel(t, "bazel", "7.7.1", "1") },
		"that is the launcher":      func(l launcher) { link(t, filepath.Join(l.workspace, "tools/bazel"), l.bin) },
		"that reaches none as well": func(l launcher) { l.addBazel(t, "bazelisk", "7.7.1", "37") },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLauncher(t)
			add(l)
			l.run(t, "info")
			stdout, stderr, status := l.run(t, "info")
			want := "tools/bazel: no Bazel that reaches the central registry, and no apt-get to make one of Debian packages; install Bazelisk\n"
			if stdout != "" || stderr != want || status != 1 {
				t.Errorf("%q, %q, exit %d; want nothing, %q, exit 1", stdout, stderr, status, want)
			}
		})
	}
}

func output(t *testing.T, command *exec.Cmd) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), command.ProcessState.ExitCode()
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

// link puts a program into a directory.
func link(t *testing.T, program, dir string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, filepath.Join(dir, filepath.Base(program))); err != nil {
		t.Fatal(err)
	}
}
