// Package push tests that the image reaches a registry: //image:push of Bazel and a
// real registry.
package push

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
	"github.com/google/go-containerregistry/pkg/v1/validate"

	"example.com/multistage/image/layout"
)

// pushed is what a push did.
type pushed struct {
	err    error
	output string
}

// push runs //image:push with arguments, and with the credentials that a directory
// has.
func push(t *testing.T, credentials string, args ...string) pushed {
	t.Helper()
	command := exec.CommandContext(t.Context(), runfile(t, "ITEMS_PUSH"), args...)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	command.Env = append(os.Environ(), "DOCKER_CONFIG="+credentials, "RUNFILES_DIR="+os.Getenv("TEST_SRCDIR"))
	err := command.Run()
	return pushed{err, output.String()}
}

func (p pushed) wantSuccess(t *testing.T) {
	t.Helper()
	if p.err != nil {
		t.Fatalf("%v\n%s", p.err, p.output)
	}
}

// wantError holds that the push failed and said why, in whichever of the words.
func (p pushed) wantError(t *testing.T, words ...string) {
	t.Helper()
	if p.err == nil || !slices.ContainsFunc(words, func(word string) bool { return strings.Contains(p.output, word) }) {
		t.Errorf("%v, want an error with one of %q in\n%s", p.err, words, p.output)
	}
}

// index returns the index that is pushed, and its digest.
func index(t *testing.T) (v1.ImageIndex, v1.Hash) {
	t.Helper()
	outer, descriptor, err := layout.OpenOnly(runfile(t, "ITEMS_IMAGE_INDEX"))
	if err != nil {
		t.Fatal(err)
	}
	index, err := outer.ImageIndex(descriptor.Digest)
	if err != nil {
		t.Fatal(err)
	}
	return index, descriptor.Digest
}

// wantThere holds that the registry has the index, whole, by a tag or digest.
func wantThere(t *testing.T, repository, identifier string, options ...remote.Option) {
	t.Helper()
	reference, err := name.ParseReference(repository + identifier)
	if err != nil {
		t.Fatal(err)
	}
	got, err := remote.Index(reference, options...)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate.Index(got); err != nil {
		t.Errorf("%s: %v", reference, err)
	}
	manifest, err := got.RawManifest()
	if err != nil {
		t.Fatal(err)
	}
	local, _ := index(t)
	want, err := local.RawManifest()
	if err != nil {
		t.Fatal(err)
	}
	// What it lists is listed by digests, which validate.Index has compared.
	if !bytes.Equal(manifest, want) {
		t.Errorf("%s is %s, want %s", reference, manifest, want)
	}
}

// tags returns those that a repository has.
func tags(t *testing.T, repository string, options ...remote.Option) []string {
	t.Helper()
	parsed, err := name.NewRepository(repository)
	if err != nil {
		t.Fatal(err)
	}
	tags, err := remote.List(parsed, options...)
	var refused *transport.Error
	if err != nil && (!errors.As(err, &refused) || refused.StatusCode != 404) {
		t.Fatal(err)
	}
	slices.Sort(tags)
	return tags
}

func TestPush(t *testing.T) {
	p := startProxy(t, startRegistry(t, t.TempDir()))
	repository := p.host + "/team/items"
	push(t, t.TempDir(), "--repository", repository, "--tag", "v1.2.3", "-t", "v1").wantSuccess(t)

	_, digest := index(t)
	wantThere(t, repository, "@"+digest.String())
	// The last is that of a build without a stamp.
	want := []string{"dev", "v1", "v1.2.3"}
	if got := tags(t, repository); !slices.Equal(got, want) {
		t.Errorf("tags %q, want %q", got, want)
	}
	for _, tag := range want {
		wantThere(t, repository, ":"+tag)
	}
}

// Whoever asks for a tag while a push is under way gets all of it or nothing: tags
// come last.
func TestOrder(t *testing.T) {
	p := startProxy(t, startRegistry(t, t.TempDir()))
	push(t, t.TempDir(), "-r", p.host+"/items", "-t", "v1").wantSuccess(t)
	_, digest := index(t)
	puts := manifestPuts(p.take())
	byDigest := slices.Index(puts, digest.String())
	if byDigest < 0 || !slices.Equal(puts[byDigest:], []string{digest.String(), "v1", "dev"}) {
		t.Errorf("manifests are put in the order %q, want the index by its digest, v1, dev at the end", puts)
	}
}

// manifestPuts returns the references of the manifests that were put.
func manifestPuts(requests []string) []string {
	var references []string
	for _, request := range requests {
		if _, reference, ok := strings.Cut(request, "/manifests/"); ok && strings.HasPrefix(request, "PUT ") {
			references = append(references, reference)
		}
	}
	return references
}

func uploads(requests []string) []string {
	return slices.DeleteFunc(slices.Clone(requests), func(request string) bool {
		return !strings.Contains(request, "/blobs/uploads/")
	})
}

// What the registry has is not sent again.
func TestPushAgain(t *testing.T) {
	p := startProxy(t, startRegistry(t, t.TempDir()))
	push(t, t.TempDir(), "-r", p.host+"/items").wantSuccess(t)
	if len(uploads(p.take())) == 0 {
		t.Error("the first push uploads no blob")
	}
	push(t, t.TempDir(), "-r", p.host+"/items", "-t", "v2").wantSuccess(t)
	if got := uploads(p.take()); len(got) > 0 {
		t.Errorf("the second push uploads: %q", got)
	}
	wantThere(t, p.host+"/items", ":v2")
}

// user and password are those of the registry, hash is the password's.
const (
	user     = "pusher"
	password = "correct horse"
	hash     = "$2a$04$dJISRIlpt1mGsSDuyT1wH.lNY0HEzEIx7C8qGVrfpEVijVNfWfqTu"
)

// login returns a directory with credentials, as docker login writes them.
func login(t *testing.T, host, user, password string) string {
	t.Helper()
	dir := t.TempDir()
	auth := base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
	write(t, filepath.Join(dir, "config.json"), fmt.Sprintf(`{"auths":{%q:{"auth":%q}}}`, host, auth))
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCredentials(t *testing.T) {
	users := filepath.Join(t.TempDir(), "htpasswd")
	write(t, users, user+":"+hash+"\n")
	p := startProxy(t, startRegistry(t, t.TempDir(), "-htpasswd="+users))
	repository := p.host + "/items"
	authenticated := remote.WithAuth(&authn.Basic{Username: user, Password: password})

	for name, credentials := range map[string]string{
		"none":           t.TempDir(),
		"wrong password": login(t, p.host, user, "wrong"),
		"wrong user":     login(t, p.host, "nobody", password),
		"other registry": login(t, "registry.example.com", user, password),
	} {
		t.Run(name, func(t *testing.T) {
			push(t, credentials, "-r", repository, "-t", "v1").wantError(t, "UNAUTHORIZED", "401")
			if got := tags(t, repository, authenticated); len(got) > 0 {
				t.Errorf("tags %q", got)
			}
		})
	}
	push(t, login(t, p.host, user, password), "-r", repository, "-t", "v1").wantSuccess(t)
	wantThere(t, repository, ":v1", authenticated)
}

// A registry that is killed at any step of a push has no tag afterwards, and takes
// the next push.
func TestRegistryGone(t *testing.T) {
	_, digest := index(t)
	for name, at := range map[string]string{
		"at the first question":    "HEAD /v2/items/manifests/",
		"at the first upload":      "POST /v2/items/blobs/uploads/",
		"at the end of an upload":  "PUT /v2/items/blobs/uploads/",
		"at the first manifest":    "PUT /v2/items/manifests/sha256:",
		"at the manifest of all":   "PUT /v2/items/manifests/" + digest.String(),
		"at the first of the tags": "PUT /v2/items/manifests/v1",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			first := startRegistry(t, dir)
			p := startProxy(t, first)
			p.onRequest(func(request string) {
				if strings.HasPrefix(request, at) {
					first.kill()
				}
			})
			repository := p.host + "/items"
			// The words are those of the system: all that is left is a closed connection.
			push(t, t.TempDir(), "-r", repository, "-t", "v1").wantError(t, "EOF", "connection re")

			p.serve(startRegistry(t, dir))
			if got := tags(t, repository); len(got) > 0 {
				t.Errorf("tags %q after the registry was gone", got)
			}
			push(t, t.TempDir(), "-r", repository, "-t", "v1").wantSuccess(t)
			wantThere(t, repository, ":v1")
		})
	}
}

func TestNoRegistry(t *testing.T) {
	r := startRegistry(t, t.TempDir())
	r.kill()
	push(t, t.TempDir(), "-r", r.url.Host+"/items").wantError(t, "refused")
}

func TestNoRepository(t *testing.T) {
	push(t, t.TempDir(), "-t", "v1").wantError(t, "--repository")
}
