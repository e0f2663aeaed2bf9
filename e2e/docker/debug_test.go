package docker

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDebugging executes what docs/image.md says about an image without a shell.
func TestDebugging(t *testing.T) {
	Require(t)
	Build(t, root, "golang-multistage", "Dockerfile.secure")
	page, err := os.ReadFile(root + "/docs/image.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Debugging an image without a shell\n")
	recipe := regexp.MustCompile("(?s)```sh\n.*?\n(docker run --rm .*?')\n").FindStringSubmatch(section)
	if recipe == nil {
		t.Fatal("docs/image.md has no command that brings a shell along")
	}
	// The engine at hand may have no network but that of this machine.
	address := freeAddress(t)
	c := run(t, "golang-multistage", "--network=host", "--env=ITEMS_ADDR="+address)
	c.url = "http://" + address
	c.await("does not get ready", c.ready)
	command := strings.NewReplacer("container:items", "container:"+c.id, "localhost:8080", address).Replace(recipe[1])
	got := output(t, "", "sh", "-c", command)
	for _, want := range []string{"items.db", "ITEMS_STORE=bolt:/data/items.db", "Uid:\t65532", "VmRSS:", "\nok"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
