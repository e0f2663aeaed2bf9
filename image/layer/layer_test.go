package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root and user are owners that entries have.
var root, user = new(0), new(65532)

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "source")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func sample(t *testing.T) []entry {
	return []entry{
		{Path: "tmp", Mode: "1777", UID: root, GID: root},
		{Path: "etc/passwd", Source: file(t, "nobody\n"), Mode: "0644", UID: root, GID: root},
		{Path: "data", Mode: "0770", UID: user, GID: root},
		{Path: "etc", Mode: "0755", UID: root, GID: root},
	}
}

func TestWrite(t *testing.T) {
	var output bytes.Buffer
	if err := write(&output, sample(t)); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"data/ 770 65532:0 0 5 ",
		"etc/ 755 0:0 0 5 ",
		"etc/passwd 644 0:0 0 0 nobody\n",
		"tmp/ 1777 0:0 0 5 ",
	}
	if got := list(t, output.Bytes()); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// list returns path, mode, owner, time, type and content of each entry.
func list(t *testing.T, layer []byte) []string {
	t.Helper()
	decompressed, err := gzip.NewReader(bytes.NewReader(layer))
	if err != nil {
		t.Fatal(err)
	}
	var entries []string
	for archive := tar.NewReader(decompressed); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return entries
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, fmt.Sprintf("%s %o %d:%d %d %c %s",
			header.Name, header.Mode, header.Uid, header.Gid, header.ModTime.Unix(), header.Typeflag, content))
	}
}

// The bytes are the same on every machine, in whatever order the entries come.
// They change with Go's compressor only.
func TestReproducible(t *testing.T) {
	const want = "c39efa7d021544df6e1c7c0b08a6915ca7e521a3cfa21c97d25b6adb81b6e31d"
	reversed := sample(t)
	slices.Reverse(reversed)
	for _, entries := range [][]entry{sample(t), reversed} {
		var output bytes.Buffer
		if err := write(&output, entries); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(output.Bytes())
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("digest %s, want %s", got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	source := file(t, "")
	for name, test := range map[string]struct {
		want    string
		entries []entry
	}{
		"an absolute path":        {"is not a path", []entry{{Path: "/etc", Mode: "755", UID: root, GID: root}}},
		"a path out of the image": {"is not a path", []entry{{Path: "../etc", Mode: "755", UID: root, GID: root}}},
		"the root":                {"is not a path", []entry{{Path: ".", Mode: "755", UID: root, GID: root}}},
		"no path":                 {"is not a path", []entry{{Mode: "755", UID: root, GID: root}}},
		"no mode":                 {"octal", []entry{{Path: "etc", UID: root, GID: root}}},
		"a decimal mode":          {"octal", []entry{{Path: "etc", Mode: "789", UID: root, GID: root}}},
		"too large a mode":        {"octal", []entry{{Path: "etc", Mode: "10000", UID: root, GID: root}}},
		"no uid":                  {"no owner", []entry{{Path: "etc", Mode: "755", GID: root}}},
		"no gid":                  {"no owner", []entry{{Path: "etc", Mode: "755", UID: root}}},
		"no such source":          {"no such file", []entry{{Path: "a", Source: source + "s", Mode: "644", UID: root, GID: root}}},
		"no directory":            {"nothing makes", []entry{{Path: "etc/a", Source: source, Mode: "644", UID: root, GID: root}}},
		"the same twice": {"twice", []entry{
			{Path: "etc", Mode: "755", UID: root, GID: root},
			{Path: "etc", Mode: "700", UID: root, GID: root},
		}},
		"a file in a file": {"in a file", []entry{
			{Path: "a", Source: source, Mode: "644", UID: root, GID: root},
			{Path: "a/b", Source: source, Mode: "644", UID: root, GID: root},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := write(io.Discard, test.entries); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want an error with %q", err, test.want)
			}
		})
	}
}
