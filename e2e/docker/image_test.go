package docker

import (
	"debug/elf"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"syscall"
	"testing"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/variant"
	"example.com/multistage/e2e/blackbox"
	"example.com/multistage/e2e/sources"
	"example.com/multistage/image/diff"
	"example.com/multistage/image/policy"
)

// root is where the Dockerfiles are.
const root = "../.."

// budget is how many bytes the images on scratch may have.
const budget = 10_000_000

// healthcheck is how the Dockerfiles say that a container is healthy.
var healthcheck = []string{"CMD", "/server", "healthcheck"}

// TestTraditional builds a release: without cache mounts, each other build of it
// compiles everything anew.
func TestTraditional(t *testing.T) {
	Require(t)
	stamp := releaseStamp(t)
	Build(t, root, "golang-traditional", "Dockerfile", stamp.flags()...)
	t.Logf("%d bytes", size(t, "golang-traditional"))
	t.Run("config", func(t *testing.T) { testConfig(t, "golang-traditional", healthcheck, stamp) })
	t.Run("build", func(t *testing.T) { testBuild(t, "golang-traditional", nil) })
	t.Run("health", func(t *testing.T) { testHealth(t, "golang-traditional") })
	t.Run("blackbox", func(t *testing.T) { blackbox.Run(t, Deploy("golang-traditional")) })
}

func TestMultistage(t *testing.T) {
	Require(t)
	Build(t, root, "golang-multistage", "Dockerfile.secure")
	testSmall(t, "golang-multistage", healthcheck)
	t.Run("health", func(t *testing.T) { testHealth(t, "golang-multistage") })
	t.Run("cross-compilation", testCrossCompilation)
	t.Run("reproducible", testReproducible)
}

// TestBazel covers the image that Bazel builds and loads. Its format has no health
// check.
func TestBazel(t *testing.T) {
	Require(t)
	Load(t, root)
	testSmall(t, "items:latest", nil)
}

// TestKo covers the image that ko builds on a base without layers: it says neither
// where the data is nor as whom it runs.
func TestKo(t *testing.T) {
	Require(t)
	docker, err := engine.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	workshop, err := variant.Open(t.Context(), variant.Options{Root: root, Engine: docker, Progress: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	defer workshop.Close()
	all := variant.All()
	ko := all[slices.IndexFunc(all, func(v variant.Variant) bool { return v.Name == "ko" })]
	if err := workshop.Build(t.Context(), ko); err != nil {
		t.Fatal(err)
	}
	t.Run("blackbox", func(t *testing.T) { blackbox.Run(t, Deploy(ko.Image, "--env=ITEMS_STORE=bolt:/data/items.db")) })
}

// testSmall holds what is the same in both images on scratch.
func testSmall(t *testing.T, image string, healthcheck []string) {
	if got := size(t, image); got > budget {
		t.Errorf("%d bytes, want at most %d", got, budget)
	} else {
		t.Logf("%d bytes", got)
	}
	t.Run("files", func(t *testing.T) { testFiles(t, image) })
	t.Run("config", func(t *testing.T) { testConfig(t, image, healthcheck, stamp{"dev", "unknown", "1970-01-01T00:00:00Z"}) })
	settings := map[string]string{"CGO_ENABLED": "0", "-trimpath": "true", "vcs.revision": ""}
	t.Run("build", func(t *testing.T) { testBuild(t, image, settings) })
	// As strict platforms run it: under a uid that the image does not know.
	confined := []string{"--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--user=1234567:0"}
	t.Run("blackbox", func(t *testing.T) { blackbox.Run(t, Deploy(image, confined...)) })
}

func size(t *testing.T, image string) int {
	t.Helper()
	size, err := strconv.Atoi(docker(t, "image", "inspect", "--format={{.Size}}", image))
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func testFiles(t *testing.T, image string) {
	want := []string{
		"drwxrwx--- 65532:0 0 /data/",
		"drwxr-xr-x 0:0 0 /etc/",
		"-rw-r--r-- 0:0 0 /etc/group",
		"-rw-r--r-- 0:0 0 /etc/passwd",
		"dtrwxrwxrwx 0:0 0 /tmp/",
		"-rwxr-xr-x 0:0 0 /server",
	}
	if got := Files(t, image); !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}

// config is what an image says about how to run it.
type config struct {
	User         string
	Entrypoint   []string
	Cmd          []string
	WorkingDir   string
	StopSignal   string
	Volumes      map[string]struct{}
	ExposedPorts map[string]struct{}
	Healthcheck  struct{ Test []string }
	Labels       map[string]string
}

func testConfig(t *testing.T, image string, healthcheck []string, stamp stamp) {
	var got config
	if err := json.Unmarshal([]byte(docker(t, "image", "inspect", "--format={{json .Config}}", image)), &got); err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"title", "description", "source", "base.name"} {
		name := "org.opencontainers.image." + label
		if got.Labels[name] == "" {
			t.Errorf("no label %s", name)
		}
		delete(got.Labels, name)
	}
	want := config{
		User:         "65532:65532",
		Entrypoint:   []string{"/server"},
		WorkingDir:   "/",
		Volumes:      map[string]struct{}{"/data": {}},
		ExposedPorts: map[string]struct{}{"8080/tcp": {}},
		Healthcheck:  struct{ Test []string }{healthcheck},
		Labels: map[string]string{
			"org.opencontainers.image.licenses": "Apache-2.0",
			"org.opencontainers.image.version":  stamp.version,
			"org.opencontainers.image.revision": stamp.revision,
			"org.opencontainers.image.created":  stamp.created,
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("config %+v, want %+v", got, want)
	}
}

// testHealth runs an image with nothing set, in a network of its own. The engine
// finds the service healthy, then unhealthy while it drains, and stops it
// without a kill.
func testHealth(t *testing.T, image string) {
	c := run(t, image, "--network=none", "--health-interval=100ms")
	c.await("is not healthy", c.health("healthy"))
	docker(t, "stop", c.id)
	if status := c.Wait(); status != 0 {
		t.Errorf("exit status %d after docker stop, want 0", status)
	}

	c = run(t, image, "--network=none", "--health-interval=100ms", "--health-retries=1", "--env=ITEMS_SHUTDOWN_DELAY=1m")
	c.await("is not healthy", c.health("healthy"))
	c.Signal(syscall.SIGTERM)
	c.await("is healthy while it drains", c.health("unhealthy"))
}

// testCrossCompilation holds that the image of another platform has its binary.
func testCrossCompilation(t *testing.T) {
	const image = "golang-multistage:arm64"
	Build(t, root, image, "Dockerfile.secure", "--platform=linux/arm64")
	if got := docker(t, "image", "inspect", "--format={{.Os}}/{{.Architecture}}", image); got != "linux/arm64" {
		t.Errorf("the image is for %s", got)
	}
	file, err := elf.NewFile(program(t, image, "--platform=linux/arm64"))
	if err != nil {
		t.Fatal(err)
	}
	if file.Machine != elf.EM_AARCH64 {
		t.Errorf("the binary is for %v", file.Machine)
	}
}

// testBuild holds that the binary of an image names the modules that it is made of,
// as every build does. Scanners find nothing in one that names none.
func testBuild(t *testing.T, image string, settings map[string]string) {
	want, err := sources.Build(root)
	if err != nil {
		t.Fatal(err)
	}
	want.Settings = settings
	for _, violation := range policy.CheckBuild(program(t, image), want) {
		t.Error(violation.Text)
	}
}

// program returns the binary of an image. Flags are those of docker create.
func program(t *testing.T, image string, flags ...string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "server")
	id := docker(t, append(append([]string{"create"}, flags...), image)...)
	t.Cleanup(func() { docker(t, "rm", "--volumes", id) })
	docker(t, "cp", id+":/server", path)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// testReproducible holds that the layers of the image are the same when it is built
// elsewhere and from nothing.
func testReproducible(t *testing.T) {
	const image = "golang-multistage:again"
	elsewhere := filepath.Join(t.TempDir(), "another place")
	if err := sources.Copy(elsewhere, root); err != nil {
		t.Fatal(err)
	}
	// Cache mounts of another name space are empty.
	Build(t, elsewhere, image, "Dockerfile.secure", "--no-cache", "--build-arg=BUILDKIT_CACHE_MOUNT_NS="+elsewhere)
	difference, err := diff.Layers(Image(t, "golang-multistage"), Image(t, image))
	if difference != "" || err != nil {
		t.Errorf("built again elsewhere: %s, %v", difference, err)
	}
}
