package policy_test

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"testing"

	"example.com/multistage/image/policy"
)

func TestCheckBuild(t *testing.T) {
	f := conforming()
	binary := bytes.NewReader(f.program.elf(t))
	if violations := policy.CheckBuild(binary, f.want.Build); len(violations) > 0 {
		t.Errorf("violations %q", violations)
	}
	f.want.Build.GoVersion = "go1.2.4"
	violations := policy.CheckBuild(binary, f.want.Build)
	if len(violations) != 1 || !strings.HasPrefix(violations[0].String(), `build: built by "go1.2.3"`) {
		t.Errorf("violations %q", violations)
	}
}

// What the linker of this Go writes is read, and not only what tests make up.
func TestCheckBuildOfThisTest(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, violation := range policy.CheckBuild(file, policy.Build{GoVersion: runtime.Version()}) {
		if strings.Contains(violation.Text, "built by") || strings.Contains(violation.Text, "doesn't say") {
			t.Error(violation)
		}
	}
}
