package facts

import (
	"archive/tar"
	"bytes"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"example.com/multistage/compare/result"
)

// entry is an entry of a layer. One without a mode is a file of mode 0644, or what its path says.
type entry struct {
	path, content string
	mode          int64
	uid, gid      int
	symlink, link string
}

func (e entry) header() *tar.Header {
	h := &tar.Header{Name: e.path, Mode: e.mode, Uid: e.uid, Gid: e.gid, Size: int64(len(e.content)), Typeflag: tar.TypeReg}
	switch {
	case strings.HasSuffix(e.path, "/"):
		h.Typeflag = tar.TypeDir
	case e.symlink != "":
		h.Typeflag, h.Linkname = tar.TypeSymlink, e.symlink
	case e.link != "":
		h.Typeflag, h.Linkname = tar.TypeLink, e.link
	}
	if h.Mode == 0 && h.Typeflag == tar.TypeDir {
		h.Mode = 0o755
	} else if h.Mode == 0 {
		h.Mode = 0o644
	}
	return h
}

// pack returns the archive of a layer.
func pack(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	for _, e := range entries {
		if err := w.WriteHeader(e.header()); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}

// image returns an image of layers, the lowest first.
func image(t *testing.T, user string, layers ...[]entry) v1.Image {
	t.Helper()
	built, err := mutate.Config(empty.Image, v1.Config{User: user})
	if err != nil {
		t.Fatal(err)
	}
	for i, entries := range layers {
		archive := pack(t, entries...)
		layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(archive)), nil })
		if err != nil {
			t.Fatal(err)
		}
		history := v1.History{CreatedBy: "/bin/sh -c #(nop) COPY layer " + string(rune('a'+i))}
		if built, err = mutate.Append(built, mutate.Addendum{History: v1.History{CreatedBy: "ENV a=b", EmptyLayer: true}}, mutate.Addendum{Layer: layer, History: history}); err != nil {
			t.Fatal(err)
		}
	}
	return built
}

func of(t *testing.T, image v1.Image, linked ...string) result.Facts {
	t.Helper()
	facts, err := Of(image, linked)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func TestSizes(t *testing.T) {
	i := image(t, "", []entry{{path: "a", content: "one"}}, []entry{{path: "b", content: strings.Repeat("two", 9000)}})
	got := of(t, i)
	manifest, _ := i.Manifest()
	raw, _ := i.RawManifest()
	want := int64(len(raw)) + manifest.Config.Size + manifest.Layers[0].Size + manifest.Layers[1].Size
	if got.Compressed != want || got.Uncompressed != 2048+28672 {
		t.Errorf("%d bytes compressed, want %d; %d uncompressed", got.Compressed, want, got.Uncompressed)
	}
	for n, layer := range got.Layers {
		command := "COPY layer " + string(rune('a'+n))
		if layer.Digest != manifest.Layers[n].Digest.String() || layer.Compressed != manifest.Layers[n].Size || layer.CreatedBy != command {
			t.Errorf("layer %d: %+v", n, layer)
		}
	}
}

// TestFiles holds how layers lie on each other.
func TestFiles(t *testing.T) {
	lower := []entry{{path: "d/"}, {path: "d/a"}, {path: "d/b/c"}, {path: "e"}}
	for name, tt := range map[string]struct {
		upper []entry
		want  string
	}{
		"nothing":                     {nil, "/d /d/a /d/b /d/b/c /e"},
		"a file again":                {[]entry{{path: "./d/a"}}, "/d /d/a /d/b /d/b/c /e"},
		"a directory again":           {[]entry{{path: "d/"}}, "/d /d/a /d/b /d/b/c /e"},
		"a file for a directory":      {[]entry{{path: "d"}}, "/d /e"},
		"a directory for a file":      {[]entry{{path: "e/"}, {path: "e/f"}}, "/d /d/a /d/b /d/b/c /e /e/f"},
		"a file below a file":         {[]entry{{path: "e/f"}}, "/d /d/a /d/b /d/b/c /e /e/f"},
		"a whiteout":                  {[]entry{{path: "d/.wh.b"}}, "/d /d/a /e"},
		"a whiteout of nothing":       {[]entry{{path: "x/.wh.y"}}, "/d /d/a /d/b /d/b/c /e"},
		"opaque":                      {[]entry{{path: "d/x"}, {path: "d/.wh..wh..opq"}}, "/d /d/x /e"},
		"a whiteout after its file":   {[]entry{{path: "d/a"}, {path: "d/.wh.a"}}, "/d /d/a /d/b /d/b/c /e"},
		"an opaque root":              {[]entry{{path: ".wh..wh..opq"}, {path: "x"}}, "/x"},
		"a path out of the root":      {[]entry{{path: "../../x"}, {path: "/y/../z"}}, "/d /d/a /d/b /d/b/c /e /x /z"},
		"the root itself":             {[]entry{{path: "./"}}, "/d /d/a /d/b /d/b/c /e"},
		"a symbolic link":             {[]entry{{path: "l", symlink: "d"}}, "/d /d/a /d/b /d/b/c /e /l"},
		"a hard link to what is gone": {[]entry{{path: "l", link: "gone"}}, "/d /d/a /d/b /d/b/c /e /l"},
	} {
		got := of(t, image(t, "", lower, tt.upper)).Files
		if want := result.List(strings.Fields(tt.want)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestPrograms(t *testing.T) {
	got := of(t, image(t, "",
		[]entry{
			{path: "bin/dash", mode: 0o755}, {path: "bin/sh", symlink: "dash"}, {path: "bin/bash", link: "bin/dash"}, {path: "share/completions/zsh"},
			{path: "bin/apt", mode: 0o700}, {path: "bin/su", mode: 0o4755}, {path: "bin/wall", mode: 0o2755}, {path: "tmp/", mode: 0o1777}, {path: "spool/", mode: 0o2755},
			{path: "server", mode: 0o001},
		}))
	for what, tt := range map[string]struct {
		got  result.Listing
		want string
	}{
		"executables":      {got.Executables, "/bin/apt /bin/bash /bin/dash /bin/su /bin/wall /server"},
		"setuid":           {got.Setuid, "/bin/su /bin/wall"},
		"shells":           {got.Shells, "/bin/bash /bin/dash /bin/sh"},
		"package managers": {got.PackageManagers, "/bin/apt"},
	} {
		if want := result.List(strings.Fields(tt.want)); !reflect.DeepEqual(tt.got, want) {
			t.Errorf("%s: %v, want %v", what, tt.got, want)
		}
	}
}

func TestPackages(t *testing.T) {
	got := of(t, image(t, "", []entry{
		{path: "var/lib/dpkg/status", content: "Package: b\nStatus: install ok installed\nVersion: 1\n\nPackage: gone\nStatus: deinstall ok config-files\n\nPackage: a\nStatus: hold ok installed\n"},
		{path: "var/lib/dpkg/status.d/c", content: "Package: c\nVersion: 1\n"}, {path: "var/lib/dpkg/status.d/c.md5sums", content: "Package: no\n"},
		{path: "lib/apk/db/installed", content: "C:Q1\nP:musl\nV:1\n\nP:zlib\n"},
		{path: "var/lib/rpm/rpmdb.sqlite", content: "?"},
	}))
	want := result.List([]string{"a", "b", "c", "musl", "packages of the rpm database /var/lib/rpm", "zlib"})
	if !reflect.DeepEqual(got.OSPackages, want) {
		t.Errorf("%v, want %v", got.OSPackages, want)
	}
}

func TestWritable(t *testing.T) {
	files := []entry{
		{path: "etc/passwd", content: "root:x:0:0::/:\nweb:x:7:8::/:\n"}, {path: "etc/group", content: "root:x:0:\nstaff:x:9:\n"},
		{path: "tmp/", mode: 0o1777}, {path: "data/", mode: 0o770, uid: 7}, {path: "own", mode: 0o200, uid: 7}, {path: "group", mode: 0o664, gid: 8}, {path: "staff", mode: 0o464, gid: 9},
		{path: "listed/", mode: 0o766}, {path: "hidden/", mode: 0o700}, {path: "hidden/all", mode: 0o666}, {path: "link", symlink: "own"}, {path: "data/kept"},
	}
	for user, want := range map[string]string{
		"7:8":       "/data /group /own /tmp",
		"web":       "/data /group /own /tmp",
		"7":         "/data /group /own /tmp",
		"web:staff": "/data /own /staff /tmp",
		"web:9":     "/data /own /staff /tmp",
		"12345:0":   "/data /tmp",
		"12345":     "/data /tmp",
		"12345:99":  "/tmp",
		"":          "/data /data/kept /etc /etc/group /etc/passwd /group /hidden /hidden/all /listed /own /staff /tmp",
		"root":      "/data /data/kept /etc /etc/group /etc/passwd /group /hidden /hidden/all /listed /own /staff /tmp",
	} {
		got := of(t, image(t, user, files))
		if want := result.List(strings.Fields(want)); !reflect.DeepEqual(got.Writable, want) || got.User != user {
			t.Errorf("user %q: %v, want %v", user, got.Writable, want)
		}
	}
}

// TestModules reads the test's own binary.
func TestModules(t *testing.T) {
	program, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	files := []entry{
		{path: "program", mode: 0o755, content: string(program)}, {path: "again", link: "program"}, {path: "copy", content: string(program)},
		{path: "broken", mode: 0o755, content: "\x7fELF"}, {path: "script", mode: 0o755, content: "#!"},
	}
	unknown := of(t, image(t, "", files)).Modules
	if unknown.Binaries != 2 || unknown.Compared || unknown.True() {
		t.Errorf("%+v", unknown)
	}
	found := unknown.Found.First
	if !slices.ContainsFunc(found, func(m string) bool { return strings.HasPrefix(m, "github.com/google/go-containerregistry@v") }) {
		t.Skipf("the test's own binary names no modules, as Bazel builds it: %q", found)
	}
	if got := of(t, image(t, "", files), found...).Modules; !got.True() {
		t.Errorf("%+v", got)
	}
	got := of(t, image(t, "", files), append(slices.Clone(found[1:]), "example.com/other@v1.0.0")...).Modules
	if got.True() || !slices.Equal(got.Missing.First, []string{"example.com/other@v1.0.0"}) || !slices.Equal(got.Foreign.First, found[:1]) {
		t.Errorf("%+v", got)
	}
}

func TestShorten(t *testing.T) {
	for command, want := range map[string]string{
		"COPY /out/server /server # buildkit":                      "COPY /out/server /server",
		"/bin/sh -c #(nop)  CMD [\"bash\"]":                        `CMD ["bash"]`,
		"RUN |1 V=1 /bin/sh -c go build \t\n  ./server # buildkit": "go build ./server",
		strings.Repeat("ä", 81):                                    strings.Repeat("ä", 77) + "...",
		"":                                                         "",
	} {
		if got := shorten(command); got != want {
			t.Errorf("%q: %q, want %q", command, got, want)
		}
	}
}

func TestBrokenArchive(t *testing.T) {
	archive := pack(t, entry{path: "a", content: strings.Repeat("a", 2000)})
	if err := apply(bytes.NewReader(archive[:1000]), newDirectory()); err == nil {
		t.Error("an archive that ends early is read")
	}
}

// FuzzApply holds that no archive makes a file system that has nodes out of the root or below files.
func FuzzApply(f *testing.F) {
	f.Add("a/b", "a", "../c", ".wh.a")
	f.Add("a", "a/b/.wh..wh..opq", "a/", ".wh..wh..")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		root := newDirectory()
		for range 2 {
			var archive bytes.Buffer
			w := tar.NewWriter(&archive)
			for _, name := range []string{a, b, c, d} {
				if err := w.WriteHeader(entry{path: name}.header()); err != nil {
					t.Skip(err)
				}
			}
			w.WriteHeader(entry{path: b, link: a}.header())
			w.Close()
			if err := apply(&archive, root); err != nil {
				t.Skip(err)
			}
		}
		for path, n := range root.all() {
			if slices.Contains(strings.Split(path, "/")[1:], "..") || !n.mode.IsDir() && n.children != nil {
				t.Errorf("%q", path)
			}
		}
	})
}
