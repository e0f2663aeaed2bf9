package process

import (
	"os"
	"testing"

	"example.com/multistage/e2e/sources"
	"example.com/multistage/image/policy"
)

// TestBuild holds that the binary names the modules that it is made of, whoever
// built it. Scanners find nothing in one that names none.
func TestBuild(t *testing.T) {
	want, err := sources.Build("../..")
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(binary(t))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, violation := range policy.CheckBuild(file, want) {
		t.Error(violation.Text)
	}
}
