package docker

import (
	"debug/elf"
	"encoding/json"
	"net/http"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"syscall"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

// root is where the Dockerfiles are.
const root = "../.."

// budget is how many bytes the multi-stage image may have.
const budget = 8_500_000

func TestTraditional(t *testing.T) {
	Require(t)
	Build(t, root, "golang-traditional", "Dockerfile")
	t.Logf("%d bytes", size(t, "golang-traditional"))
	t.Run("config", func(t *testing.T) { testConfig(t, "golang-traditional") })
	t.Run("health", func(t *testing.T) { testHealth(t, "golang-traditional") })
	t.Run("blackbox", func(t *testing.T) { blackbox.Run(t, Deploy("golang-traditional")) })
}

func TestMultistage(t *testing.T) {
	Require(t)
	Build(t, root, "golang-multistage", "Dockerfile.secure")
	if got := size(t, "golang-multistage"); got > budget {
		t.Errorf("%d bytes, want at most %d", got, budget)
	} else {
		t.Logf("%d bytes", got)
	}
	t.Run("files", testFiles)
	t.Run("config", func(t *testing.T) { testConfig(t, "golang-multistage") })
	t.Run("health", func(t *testing.T) { testHealth(t, "golang-multistage") })
	t.Run("blackbox", func(t *testing.T) { blackbox.Run(t, Deploy("golang-multistage")) })
	// As strict platforms run it: under a uid that the image does not know.
	confined := []string{"--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--user=1234567:0"}
	t.Run("blackbox confined", func(t *testing.T) { blackbox.Run(t, Deploy("golang-multistage", confined...)) })
	t.Run("stamp", testStamp)
	t.Run("cross-compilation", testCrossCompilation)
}

func size(t *testing.T, image string) int {
	t.Helper()
	size, err := strconv.Atoi(docker(t, "image", "inspect", "--format={{.Size}}", image))
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func testFiles(t *testing.T) {
	want := []string{
		"drwxrwx--- 65532:0 0 /data/",
		"drwxr-xr-x 0:0 0 /etc/",
		"-rw-r--r-- 0:0 0 /etc/group",
		"-rw-r--r-- 0:0 0 /etc/passwd",
		"dtrwxrwxrwx 0:0 0 /tmp/",
		"-rwxr-xr-x 0:0 0 /server",
	}
	if got := Files(t, "golang-multistage"); !slices.Equal(got, want) {
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

func testConfig(t *testing.T, image string) {
	var got config
	if err := json.Unmarshal([]byte(docker(t, "image", "inspect", "--format={{json .Config}}", image)), &got); err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"title", "description", "base.name"} {
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
		Healthcheck:  struct{ Test []string }{[]string{"CMD", "/server", "healthcheck"}},
		Labels: map[string]string{
			"org.opencontainers.image.licenses": "Apache-2.0",
			"org.opencontainers.image.version":  "dev",
			"org.opencontainers.image.revision": "unknown",
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

// testStamp holds that the version given to the build is in the binary and in
// the labels.
func testStamp(t *testing.T) {
	const image = "golang-multistage:stamped"
	Build(t, root, image, "Dockerfile.secure", "--build-arg=VERSION=v9.8.7", "--build-arg=REVISION=0123abc")
	c := Deploy(image)(t).Start(t)
	response, err := http.Get(c.URL() + "/version")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got struct{ Version, Revision string }
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	labels := docker(t, "image", "inspect", image,
		`--format={{index .Config.Labels "org.opencontainers.image.version"}} {{index .Config.Labels "org.opencontainers.image.revision"}}`)
	if binary := got.Version + " " + got.Revision; binary != "v9.8.7 0123abc" || labels != binary {
		t.Errorf("the binary is %q and the labels say %q", binary, labels)
	}
}

// testCrossCompilation holds that the image of another platform has its binary.
func testCrossCompilation(t *testing.T) {
	const image = "golang-multistage:arm64"
	Build(t, root, image, "Dockerfile.secure", "--platform=linux/arm64")
	if got := docker(t, "image", "inspect", "--format={{.Os}}/{{.Architecture}}", image); got != "linux/arm64" {
		t.Errorf("the image is for %s", got)
	}
	path := filepath.Join(t.TempDir(), "server")
	id := docker(t, "create", "--platform=linux/arm64", image)
	t.Cleanup(func() { docker(t, "rm", id) })
	docker(t, "cp", id+":/server", path)
	file, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if file.Machine != elf.EM_AARCH64 {
		t.Errorf("the binary is for %v", file.Machine)
	}
}
