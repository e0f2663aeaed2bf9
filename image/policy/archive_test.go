package policy_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/v1/types"
)

// archive is a layer.
type archive struct {
	files     []file
	mediaType types.MediaType    // the image's own by default
	header    func(*gzip.Header) // changes what gzip says of it
	plain     bool               // not compressed
	truncated bool               // half of it
}

// file is a file of a layer, or the program, which has no content here.
type file struct {
	tar.Header
	content string
}

func directory(name string, mode int64, uid int) file {
	return file{tar.Header{Typeflag: tar.TypeDir, Name: name, Mode: mode, Uid: uid, ModTime: time.Unix(0, 0)}, ""}
}

func regular(name string, mode int64, content string) file {
	return file{tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: mode, ModTime: time.Unix(0, 0)}, content}
}

func (a archive) tar(t *testing.T, program []byte) []byte {
	t.Helper()
	var output bytes.Buffer
	writer := tar.NewWriter(&output)
	for _, file := range a.files {
		content := []byte(file.content)
		if file.Name == "server" && file.content == "" {
			content = program
		}
		file.Size = int64(len(content))
		if err := writer.WriteHeader(&file.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return output.Bytes()
}

// compress compresses the layer's archive.
func (a archive) compress(t *testing.T, archive []byte) []byte {
	t.Helper()
	if a.plain {
		return archive
	}
	var output bytes.Buffer
	writer := gzip.NewWriter(&output)
	if a.header != nil {
		a.header(&writer.Header)
	}
	if _, err := writer.Write(archive); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if a.truncated {
		output.Truncate(output.Len() / 2)
	}
	return output.Bytes()
}

// line returns what policy.File says of the file.
func (f file) line() string {
	return fmt.Sprintf("%v %d:%d %s %s", f.FileInfo().Mode(), f.Uid, f.Gid, created, f.Name)
}
