package policy

import (
	"archive/tar"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

// File is an entry of a layer.
type File struct {
	header  *tar.Header
	content []byte
}

// String returns mode, owner, time and path of the file, such as
// "drwxr-xr-x 0:0 1970-01-01T00:00:00Z etc/".
func (f File) String() string {
	return fmt.Sprintf("%v %d:%d %s %s",
		f.mode(), f.header.Uid, f.header.Gid, f.header.ModTime.UTC().Format(time.RFC3339Nano), f.header.Name)
}

func (f File) mode() fs.FileMode { return f.header.FileInfo().Mode() }

// path returns where the file is, without a slash at either end. That of the root
// is empty.
func (f File) path() string { return strings.Trim(path.Clean("/"+f.header.Name), "/") }

func (f File) base() string { return path.Base(f.path()) }

// permits tells whether the mode allows somebody who isn't root to do something.
func (f File) permits(who identity, what permission) bool {
	mode := permission(f.mode().Perm())
	switch {
	case who.uid == f.header.Uid:
		mode >>= 6
	case who.gid == f.header.Gid:
		mode >>= 3
	}
	return mode&what == what
}
