package policy_test

import (
	"debug/elf"
	"slices"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"example.com/multistage/image/policy"
)

// indexFixture is an index and what it should be. It keeps all rules as it is
// made; tests change one thing of it.
type indexFixture struct {
	want      policy.ExpectedIndex
	images    []*fixture
	entries   []v1.Descriptor // what is said of the images
	notes     map[string]string
	mediaType types.MediaType
}

func conformingIndex() *indexFixture {
	amd64, arm64 := conforming(), conforming()
	arm64.config.Architecture, arm64.config.Variant = "arm64", "v8"
	arm64.program.machine = elf.EM_AARCH64
	return &indexFixture{
		want: policy.ExpectedIndex{
			MediaType:   types.OCIImageIndex,
			Platforms:   []string{"linux/arm64/v8", "linux/amd64"},
			Annotations: map[string]string{"a": "b"},
		},
		images: []*fixture{amd64, arm64},
		entries: []v1.Descriptor{
			{MediaType: types.OCIManifestSchema1, Platform: &v1.Platform{OS: "linux", Architecture: "amd64"}},
			{MediaType: types.OCIManifestSchema1, Platform: &v1.Platform{OS: "linux", Architecture: "arm64", Variant: "v8"}},
		},
		notes:     map[string]string{"a": "b"},
		mediaType: types.OCIImageIndex,
	}
}

func (f *indexFixture) index(t *testing.T) v1.ImageIndex {
	t.Helper()
	index := mutate.IndexMediaType(empty.Index, f.mediaType)
	for n, image := range f.images {
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: image.image(t), Descriptor: f.entries[n]})
	}
	return mutate.Annotations(index, f.notes).(v1.ImageIndex)
}

func (f *indexFixture) check(t *testing.T) []policy.Violation {
	t.Helper()
	index, err := policy.ReadIndex(f.index(t))
	if err != nil {
		t.Fatal(err)
	}
	var violations []policy.Violation
	for _, rule := range policy.IndexRules() {
		violations = append(violations, rule.Check(index, f.want)...)
	}
	return violations
}

func TestConformingIndex(t *testing.T) {
	f := conformingIndex()
	if violations := f.check(t); len(violations) > 0 {
		t.Errorf("violations %q", violations)
	}
	index, err := policy.ReadIndex(f.index(t))
	if err != nil {
		t.Fatal(err)
	}
	var platforms []string
	for _, image := range index.Images {
		platforms = append(platforms, image.Platform())
	}
	if want := []string{"linux/amd64", "linux/arm64/v8"}; !slices.Equal(platforms, want) {
		t.Errorf("platforms %q, want %q", platforms, want)
	}
}

// violatingIndex is a way to break one rule.
type violatingIndex struct {
	rule   string
	change func(*indexFixture)
	text   string // in the violation
}

func indexCases() []violatingIndex {
	return []violatingIndex{
		{"platforms", func(f *indexFixture) { f.images = f.images[:1] }, `platforms ["linux/amd64"], want`},
		{"platforms", func(f *indexFixture) { f.want.Platforms = f.want.Platforms[:1] }, `want ["linux/arm64/v8"]`},
		{"entries", func(f *indexFixture) { f.entries[1].Platform = f.entries[0].Platform }, "mismatched Architecture"},
		{"entries", func(f *indexFixture) { f.entries[1].Platform.Variant = "v9" }, "mismatched Variant: v8 != v9"},
		{"entries", func(f *indexFixture) { f.entries[1].Platform = nil }, "entry 1 has no platform, want linux/arm64/v8"},
		{"base", func(f *indexFixture) { f.images[1].layers[0].files[3].content += "\n" }, "image 1 has the base layers"},
		{"base", func(f *indexFixture) { f.images[1].layers = f.images[1].layers[1:] }, "image 1 has the base layers []"},
		{"annotations", func(f *indexFixture) { f.notes = nil }, "no annotation a"},
		{"media-type", func(f *indexFixture) { f.mediaType = types.DockerManifestList }, "the index is"},
		{"entries", func(f *indexFixture) { f.entries[1].MediaType = types.DockerManifestSchema2 }, "mismatched mediaType"},
		{"entries", func(f *indexFixture) {
			f.images[1].manifest = func(m *v1.Manifest) { m.Config.Size++ }
		}, "mismatched config size"},
	}
}

func TestIndexViolations(t *testing.T) {
	for _, test := range indexCases() {
		t.Run(test.rule+"/"+test.text, func(t *testing.T) {
			f := conformingIndex()
			test.change(f)
			violations := f.check(t)
			if len(violations) != 1 || violations[0].Rule != test.rule || !strings.Contains(violations[0].Text, test.text) {
				t.Errorf("violations %q, want one of %s with %q", violations, test.rule, test.text)
			}
		})
	}
}

func TestEveryIndexRuleCanBeBroken(t *testing.T) {
	broken := make(map[string]bool)
	for _, test := range indexCases() {
		broken[test.rule] = true
	}
	for _, rule := range policy.IndexRules() {
		if !broken[rule.Name] {
			t.Errorf("no case breaks the rule %s", rule.Name)
		}
	}
}

// An index in an index is not looked into, so it must not pass.
func TestNestedIndex(t *testing.T) {
	nested := mutate.AppendManifests(empty.Index, mutate.IndexAddendum{Add: empty.Index})
	if _, err := policy.ReadIndex(nested); err == nil {
		t.Error("an index was read as an image")
	}
}
