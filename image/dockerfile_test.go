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

// file is a file or directory of an image. A binary's content is left out.
type file struct {
	mode     string
	uid, gid string
	content  string
}

// files returns what the image gets, by path.
func (d dockerfile) files() map[string]file {
	files := make(map[string]file)
	echo := regexp.MustCompile(`^echo '(.*)' > /rootfs(/\S+)$`)
	for _, step := range d.steps() {
		step = strings.TrimPrefix(step, "RUN ")
		if strings.HasPrefix(step, "install --directory ") {
			install(files, strings.Fields(step)[2:])
		}
		if match := echo.FindStringSubmatch(step); match != nil {
			files[match[2]] = file{"644", "0", "0", match[1] + "\n"}
		}
		if target, ok := strings.CutPrefix(step, "COPY --from=build /out/server "); ok {
			files[target] = file{"755", "0", "0", ""}
		}
	}
	return files
}

// install adds the directories that the arguments of install make.
func install(files map[string]file, arguments []string) {
	made := file{"755", "0", "0", ""}
	for _, argument := range arguments {
		option, value, _ := strings.Cut(argument, "=")
		switch option {
		case "--mode":
			made.mode = strings.TrimPrefix(value, "0")
		case "--owner":
			made.uid = value
		case "--group":
			made.gid = value
		case "/rootfs":
		default:
			files[strings.TrimPrefix(argument, "/rootfs")] = made
		}
	}
}
