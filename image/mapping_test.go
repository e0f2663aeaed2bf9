package image_test

import (
	"archive/tar"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/archive"
)

// TestSameConfig holds that a container runs in the same way from the image of
// Dockerfile.secure.
func TestSameConfig(t *testing.T) {
	file := readDockerfile(t)
	config, err := built(t).ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	got := config.Config
	var entrypoint []string
	if err := json.Unmarshal([]byte(file.arguments("ENTRYPOINT")[0]), &entrypoint); err != nil {
		t.Fatal(err)
	}
	want := v1.Config{
		Entrypoint:   entrypoint,
		ExposedPorts: map[string]struct{}{file.arguments("EXPOSE")[0] + "/tcp": {}},
		Labels:       file.pairs("LABEL"),
		User:         file.arguments("USER")[0],
		Volumes:      map[string]struct{}{file.arguments("VOLUME")[0]: {}},
		WorkingDir:   file.arguments("WORKDIR")[1],
	}
	for name, value := range file.pairs("ENV") {
		want.Env = append(want.Env, name+"="+value)
	}
	slices.Sort(want.Env)
	slices.Sort(got.Env)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the image has %+v, want %+v as Dockerfile.secure has", got, want)
	}
}

// TestSameFiles holds that neither build has a file that the other lacks, or has
// otherwise.
func TestSameFiles(t *testing.T) {
	got := make(map[string]file)
	layers, err := built(t).Layers()
	if err != nil {
		t.Fatal(err)
	}
	for _, layer := range layers {
		addFiles(t, got, layer)
	}
	want := readDockerfile(t).files()
	for name := range want {
		if _, found := got[name]; !found {
			t.Errorf("the image lacks %s, which Dockerfile.secure has", name)
		}
	}
	for name := range got {
		if got[name] != want[name] {
			t.Errorf("%s is %+v, want %+v as Dockerfile.secure has", name, got[name], want[name])
		}
	}
}

// addFiles adds those of a layer, by path.
func addFiles(t *testing.T, files map[string]file, layer v1.Layer) {
	t.Helper()
	err := archive.EachOf(layer, func(header *tar.Header, reader io.Reader) error {
		added := file{fmt.Sprintf("%o", header.Mode), strconv.Itoa(header.Uid), strconv.Itoa(header.Gid), ""}
		if header.Name != "server" {
			content, err := io.ReadAll(reader)
			if err != nil {
				return err
			}
			added.content = string(content)
		}
		files[path.Join("/", header.Name)] = added
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// row is what docs/image.md sets side by side.
type row struct{ docker, bazel []string }

func rows(t *testing.T) []row {
	t.Helper()
	code := regexp.MustCompile("`([^`]+)`")
	spans := func(cell string) []string {
		var spans []string
		for _, match := range code.FindAllStringSubmatch(cell, -1) {
			spans = append(spans, match[1])
		}
		return spans
	}
	var rows []row
	for line := range strings.Lines(read(t, "../docs/image.md")) {
		if cells := strings.Split(line, "|"); len(cells) == 5 {
			rows = append(rows, row{spans(cells[1]), spans(cells[2])})
		}
	}
	if len(rows) < 10 {
		t.Fatalf("docs/image.md has a table of %d rows", len(rows))
	}
	return rows
}

// TestDocumentedDockerfile holds that docs/image.md has each step of
// Dockerfile.secure, and no other.
func TestDocumentedDockerfile(t *testing.T) {
	var spans []string
	for _, row := range rows(t) {
		spans = append(spans, row.docker...)
	}
	missing, unknown := unmatched(readDockerfile(t).steps(), spans)
	if len(missing)+len(unknown) > 0 {
		t.Errorf("docs/image.md lacks %q of Dockerfile.secure, and has %q, which is not there", missing, unknown)
	}
}

// unmatched returns the steps that no span begins, and the spans that begin no
// step.
func unmatched(steps, spans []string) (missing, unknown []string) {
	for _, step := range steps {
		if !slices.ContainsFunc(spans, func(span string) bool { return begins(step, span) }) {
			missing = append(missing, step)
		}
	}
	for _, span := range spans {
		if !slices.ContainsFunc(steps, func(step string) bool { return begins(step, span) }) {
			unknown = append(unknown, span)
		}
	}
	return missing, unknown
}

// begins tells whether a step begins with the words of a span.
func begins(step, span string) bool {
	rest, ok := strings.CutPrefix(step, span)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '=')
}

func TestUnmatched(t *testing.T) {
	steps := []string{"USER 65532:65532", "ARG VERSION=dev", "LABEL a=b"}
	for name, test := range map[string]struct{ steps, spans, missing, unknown []string }{
		"all":           {steps, []string{"USER 65532:65532", "ARG VERSION", "LABEL"}, nil, nil},
		"a step more":   {append(steps, "ENV A=b"), []string{"USER 65532:65532", "ARG VERSION", "LABEL"}, []string{"ENV A=b"}, nil},
		"a span more":   {steps, []string{"USER", "ARG", "LABEL", "ENV"}, nil, []string{"ENV"}},
		"another user":  {steps[:1], []string{"USER 65532:6553"}, steps[:1], []string{"USER 65532:6553"}},
		"not at a word": {steps[1:2], []string{"ARG VER"}, steps[1:2], []string{"ARG VER"}},
		"not the begin": {steps[2:], []string{"a=b"}, steps[2:], []string{"a=b"}},
		"no documents":  {steps[:1], nil, steps[:1], nil},
		"no steps":      {nil, []string{"USER"}, nil, []string{"USER"}},
	} {
		t.Run(name, func(t *testing.T) {
			missing, unknown := unmatched(test.steps, test.spans)
			if !slices.Equal(missing, test.missing) || !slices.Equal(unknown, test.unknown) {
				t.Errorf("missing %q, unknown %q; want %q, %q", missing, unknown, test.missing, test.unknown)
			}
		})
	}
}

// TestDocumentedTargets holds that docs/image.md has each target of image/, and no
// other.
func TestDocumentedTargets(t *testing.T) {
	targets := targets(t)
	documented := make(map[string]bool)
	for _, row := range rows(t) {
		for _, span := range row.bazel {
			name, ok := strings.CutPrefix(span, "//image:")
			if !ok {
				attributes(t, row.bazel)
				continue
			}
			documented[name] = true
			if !targets[name] {
				t.Errorf("docs/image.md has %s, which image/BUILD.bazel lacks", span)
			}
		}
	}
	for name := range targets {
		// What stands for one architecture stands for the other.
		if !documented[name] && !documented[strings.ReplaceAll(name, "arm64", "amd64")] {
			t.Errorf("docs/image.md lacks //image:%s", name)
		}
	}
}

// attributes holds that what is said to be an attribute of //image is one.
func attributes(t *testing.T, spans []string) {
	t.Helper()
	if len(spans) != 2 || spans[1] != "//image" {
		return
	}
	if !regexp.MustCompile(`(?m)^    ` + spans[0] + ` = `).MatchString(read(t, "BUILD.bazel")) {
		t.Errorf("docs/image.md has the attribute %s, which image/BUILD.bazel lacks", spans[0])
	}
}

// targets returns the names of all targets of image/BUILD.bazel that are no tests.
func targets(t *testing.T) map[string]bool {
	t.Helper()
	build, macro := read(t, "BUILD.bazel"), read(t, "image.bzl")
	targets := map[string]bool{"index": strings.Contains(macro, `name = "index"`)}
	for _, match := range regexp.MustCompile(`\bname = "(\w+)"`).FindAllStringSubmatch(build, -1) {
		if !strings.HasSuffix(match[1], "_test") {
			targets[match[1]] = true
		}
	}
	for _, platform := range regexp.MustCompile(`"(linux_\w+)"`).FindAllStringSubmatch(build, -1) {
		targets[platform[1]] = true
		for _, prefix := range regexp.MustCompile(`name = "(\w+_)" \+ platform`).FindAllStringSubmatch(macro, -1) {
			targets[prefix[1]+platform[1]] = true
		}
	}
	delete(targets, "image") // The package's own name; docs/image.md has it as //image.
	return targets
}
