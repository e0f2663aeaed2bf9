package process

import (
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestExamplesOfGuidesRun holds that what the guides have people type works when it is
// typed from the top, and is answered with the statuses that they tell of.
func TestExamplesOfGuidesRun(t *testing.T) {
	requireCurl(t)
	for page, atLeast := range map[string]int{"docs/api.md": 13, "README.md": 8} {
		t.Run(page, func(t *testing.T) {
			var script, want []string
			for _, block := range regexp.MustCompile("(?s)\n```sh\n(.*?)\n```").FindAllStringSubmatch(readFile(t, page), -1) {
				if statuses := toldStatuses(block[1]); len(statuses) > 0 {
					script, want = append(script, block[1]), append(want, statuses...)
				}
			}
			if len(want) < atLeast {
				t.Fatalf("found %d examples, so the page was not read", len(want))
			}
			url := start(t, environment(t.TempDir())).URL()
			wantStatuses(t, typed(t, url, strings.Join(script, "\n")), want)
		})
	}
}

// TestExamplesOfReferenceRun holds that each example of /docs succeeds where there is
// an item that nobody has changed.
func TestExamplesOfReferenceRun(t *testing.T) {
	requireCurl(t)
	_, page := get(t, start(t, environment(t.TempDir())).URL()+"/docs")
	examples := regexp.MustCompile(`(?s)<pre tabindex="0"><code>(curl .*?)</code></pre>`).FindAllStringSubmatch(page, -1)
	if len(examples) < 14 {
		t.Fatalf("found %d examples, so the page was not read", len(examples))
	}
	for _, example := range examples {
		p := start(t, environment(t.TempDir()))
		create(t, p)
		wantStatuses(t, typed(t, p.URL(), html.UnescapeString(example[1])), []string{"2.."})
	}
}

// toldStatuses returns for each command line of curl, with the lines that it goes on in
// and the remarks below it, the status that a remark tells of first, or that of
// any success.
func toldStatuses(block string) []string {
	var told []string
	for _, line := range regexp.MustCompile(`(?m)^.*\bcurl (.*\\\n)*.*(\n#.*)*`).FindAllString(block, -1) {
		status := "2.."
		if match := regexp.MustCompile(`#.*?\b([2-5][0-9][0-9])\b`).FindStringSubmatch(line); match != nil {
			status = match[1]
		}
		told = append(told, status)
	}
	return told
}

// typed runs what stands in a page, in one shell, against the service at url. It
// returns the statuses of the answers.
func typed(t *testing.T, url, script string) []string {
	t.Helper()
	if !strings.Contains(script, "http://localhost:8080/") {
		t.Errorf("does not name the service: %s", script)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "items.ndjson"), []byte(`{"name":"Tea"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const wrapper = "set -e; curl() { command curl --silent --show-error --write-out '%{stderr}%{http_code}\\n' \"$@\"; }\n"
	command := exec.Command("sh", "-c", wrapper+strings.ReplaceAll(script, "http://localhost:8080/", url+"/"))
	command.Dir = folder
	var statuses strings.Builder
	command.Stderr = &statuses
	if output, err := command.Output(); err != nil {
		t.Fatalf("%v\n%s\n%s\n%s", err, script, output, statuses.String())
	}
	return strings.Fields(statuses.String())
}

// wantStatuses compares statuses with patterns of them.
func wantStatuses(t *testing.T, got, want []string) {
	t.Helper()
	all := regexp.MustCompile("^" + strings.Join(want, " ") + "$")
	if !all.MatchString(strings.Join(got, " ")) {
		t.Errorf("the answers are %q, want %q", got, want)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("../..", path))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// requireCurl skips the test without the programs of the examples, and fails it
// instead where ITEMS_REQUIRE_CURL is set.
func requireCurl(t *testing.T) {
	t.Helper()
	for _, program := range []string{"curl", "jq", "openssl"} {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		if os.Getenv("ITEMS_REQUIRE_CURL") != "" {
			t.Fatalf("no %s on PATH", program)
		}
		t.Skipf("no %s on PATH (Debian's package of that name has it)", program)
	}
}
