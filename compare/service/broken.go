package service

import (
	"regexp"
	"strings"
)

// Broken says what a service did that it should not, in one line that is the same each time.
type Broken string

func (b Broken) Error() string { return string(b) }

// changing are parts of what programs write that differ each time.
var changing = regexp.MustCompile(`"time":"[^"]*",|\btime=\S+ |(?i:, *)?"(request_)?id":"[^"]*"|\b[0-9a-f]{12,64}\b| ?\b127(\.[0-9]{1,3}){3}:[0-9]{4,5}\b|:[0-9]{4,5}\b`)

// lastLine returns the last line of a text that is not empty, without what differs each time.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(changing.ReplaceAllString(lines[len(lines)-1], ""))
}

// refusal returns what the engine said of a container that it does not run.
func refusal(err error) Broken {
	text := err.Error()
	for line := range strings.Lines(text) {
		if said, found := strings.CutPrefix(line, "docker: "); found {
			text = strings.TrimPrefix(said, "Error response from daemon: ")
		}
	}
	return Broken("the engine does not run it: " + lastLine(text))
}
