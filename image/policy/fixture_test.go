package policy_test

import (
	"bytes"
	"cmp"
	"debug/elf"
	"encoding/json"
	"runtime/debug"
	"testing"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"example.com/multistage/image/policy"
)

// fixture is an image and what it should be. It keeps all rules as it is made;
// tests change one thing of it.
type fixture struct {
	want      policy.Expected
	mediaType types.MediaType
	config    v1.ConfigFile
	notes     map[string]string // annotations of the manifest
	program   program
	layers    []archive
	manifest  func(*v1.Manifest) // changes what is said of the blobs
}

const created = "1970-01-01T00:00:00Z"

// sum is that of a module.
const sum = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

// conforming returns an image that keeps all rules.
func conforming() *fixture {
	f := &fixture{
		mediaType: types.OCIManifestSchema1,
		config: v1.ConfigFile{
			OS: "linux", Architecture: "amd64", Created: v1.Time{Time: time.Unix(0, 0).UTC()},
			History: []v1.History{{CreatedBy: "COPY /rootfs / # buildkit"}, {CreatedBy: "COPY /server /server # buildkit"}},
			Config: v1.Config{
				User: "65532:65532", Env: []string{"MODE=fast", "TOKEN_FILE=/run/token"}, Entrypoint: []string{"/server"},
				WorkingDir: "/", ExposedPorts: set("8080/tcp"), Volumes: set("/data"),
				Labels: map[string]string{
					"org.opencontainers.image.title":   "sample",
					"org.opencontainers.image.source":  "https://example.com/sample",
					"org.opencontainers.image.created": created,
				},
			},
		},
		notes: map[string]string{"org.opencontainers.image.title": "sample"},
		program: program{
			machine: elf.EM_X86_64, goVersion: "go1.2.3", sections: []section{{".text", elf.SHT_PROGBITS}},
			build: debug.BuildInfo{
				Path: "example.com/sample/server",
				Main: debug.Module{Path: "example.com/sample", Version: "(devel)"},
				Deps: []*debug.Module{
					{Path: "example.com/a", Version: "v1.0.0", Sum: sum},
					{Path: "example.com/b", Version: "v2.0.0", Sum: sum},
				},
				Settings: []debug.BuildSetting{{Key: "CGO_ENABLED", Value: "0"}},
			},
		},
		layers: []archive{
			{files: []file{
				directory("data/", 0o770, 65532),
				directory("etc/", 0o755, 0),
				regular("etc/group", 0o644, "nonroot:x:65532:\n"),
				regular("etc/passwd", 0o644, "nonroot:x:65532:65532:nonroot:/:/sbin/nologin\n"),
				directory("tmp/", 0o1777, 0),
			}},
			{files: []file{regular("server", 0o755, "")}},
		},
	}
	f.want = policy.Expected{
		MediaType: f.mediaType, Platform: "linux/amd64",
		User: "65532:65532", Env: []string{"TOKEN_FILE=/run/token", "MODE=fast"}, Entrypoint: []string{"/server"},
		WorkingDir: "/", ExposedPorts: []string{"8080/tcp"}, Volumes: []string{"/data"},
		Labels: map[string]string{
			"org.opencontainers.image.title":   "sample",
			"org.opencontainers.image.source":  "https://example.com/sample",
			"org.opencontainers.image.created": created,
		},
		Annotations: map[string]string{"org.opencontainers.image.title": "sample"},
		Layers: [][]string{
			{
				"drwxrwx--- 65532:0 1970-01-01T00:00:00Z data/",
				"drwxr-xr-x 0:0 1970-01-01T00:00:00Z etc/",
				"-rw-r--r-- 0:0 1970-01-01T00:00:00Z etc/group",
				"-rw-r--r-- 0:0 1970-01-01T00:00:00Z etc/passwd",
				"dtrwxrwxrwx 0:0 1970-01-01T00:00:00Z tmp/",
			},
			{"-rwxr-xr-x 0:0 1970-01-01T00:00:00Z server"},
		},
		Build: policy.Build{
			Path: "example.com/sample/server", Main: "example.com/sample", GoVersion: "go1.2.3",
			Modules:  []policy.Module{{"example.com/a", "v1.0.0", sum}, {"example.com/b", "v2.0.0", sum}},
			Settings: map[string]string{"CGO_ENABLED": "0", "vcs.revision": ""},
		},
		Budget: policy.Budget{Binary: 10_000, Compressed: 20_000, Uncompressed: 30_000},
	}
	return f
}

func set(names ...string) map[string]struct{} {
	set := make(map[string]struct{})
	for _, name := range names {
		set[name] = struct{}{}
	}
	return set
}

// image returns the image.
func (f *fixture) image(t *testing.T) v1.Image {
	t.Helper()
	config, layer := types.OCIConfigJSON, types.OCILayer
	if f.mediaType == types.DockerManifestSchema2 {
		config, layer = types.DockerConfigJSON, types.DockerLayer
	}
	manifest := v1.Manifest{SchemaVersion: 2, MediaType: f.mediaType, Annotations: f.notes}
	image := stored{mediaType: f.mediaType}
	f.config.RootFS = v1.RootFS{Type: "layers"}
	for _, archive := range f.layers {
		content := archive.tar(t, f.program.elf(t))
		diff, _, err := v1.SHA256(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		f.config.RootFS.DiffIDs = append(f.config.RootFS.DiffIDs, diff)
		blob, err := newBlob(archive.compress(t, content), cmp.Or(archive.mediaType, layer))
		if err != nil {
			t.Fatal(err)
		}
		image.layers = append(image.layers, blob)
		manifest.Layers = append(manifest.Layers, blob.descriptor)
	}
	image.config = encode(t, f.config)
	blob, err := newBlob(image.config, config)
	if err != nil {
		t.Fatal(err)
	}
	manifest.Config = blob.descriptor
	if f.manifest != nil {
		f.manifest(&manifest)
	}
	image.manifest = encode(t, manifest)
	made, err := partial.CompressedToImage(image)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func encode(t *testing.T, value any) []byte {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}
