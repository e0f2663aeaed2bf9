package image_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// dockerfile is Dockerfile.secure as its instructions: each one line, without
// comments.
type dockerfile []string

func readDockerfile(t *testing.T) dockerfile {
	t.Helper()
	content := read(t, "../Dockerfile.secure")
	content = regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(content, "")
	content = strings.ReplaceAll(content, "\\\n", " ")
	var instructions dockerfile
	for line := range strings.Lines(content) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			instructions = append(instructions, line)
		}
	}
	return instructions
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// steps returns the instructions, and each command of a RUN that has several.
func (d dockerfile) steps() []string {
	var steps []string
	for _, instruction := range d {
		steps = append(steps, strings.Split(instruction, " && ")...)
	}
	return steps
}

// arguments returns those of an instruction, wherever it stands.
func (d dockerfile) arguments(instruction string) []string {
	var found []string
	for _, line := range d {
		if arguments, ok := strings.CutPrefix(line, instruction+" "); ok {
			found = append(found, arguments)
		}
	}
	return found
}

// pairs returns the keys and values of an instruction that has key=value, with the
// defaults of build arguments in them.
func (d dockerfile) pairs(instruction string) map[string]string {
	var replacements []string
	for _, argument := range d.arguments("ARG") {
		if name, value, ok := strings.Cut(argument, "="); ok {
			replacements = append(replacements, "${"+name+"}", value)
		}
	}
	expand := strings.NewReplacer(replacements...)
	pairs := make(map[string]string)
	pattern := regexp.MustCompile(`(\S+?)=(?:"([^"]*)"|(\S+))`)
	for _, arguments := range d.arguments(instruction) {
		for _, match := range pattern.FindAllStringSubmatch(arguments, -1) {
			pairs[match[1]] = expand.Replace(match[2] + match[3])
		}
	}
	return pairs
}

// paths returns the files and directories that the image gets.
func (d dockerfile) paths() map[string]bool {
	paths := make(map[string]bool)
	text := strings.Join(d, "\n")
	for _, match := range regexp.MustCompile(`/rootfs(/\S+)`).FindAllStringSubmatch(text, -1) {
		paths[match[1]] = true
	}
	for _, match := range regexp.MustCompile(`COPY --from=build \S+ (\S+)`).FindAllStringSubmatch(text, -1) {
		paths[match[1]] = true
	}
	return paths
}
