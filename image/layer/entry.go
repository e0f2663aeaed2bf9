package main

import (
	"archive/tar"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// entry is a file or a directory of a layer.
type entry struct {
	Path   string `json:"path"`   // in the image, without a slash at either end
	Source string `json:"source"` // the file with the content; a directory has none
	Mode   string `json:"mode"`   // in octal, with the sticky bit
	UID    *int   `json:"uid"`
	GID    *int   `json:"gid"`
}

// header returns what the archive says of an entry with a content of so many
// bytes.
func (e entry) header(size int64) (*tar.Header, error) {
	if !fs.ValidPath(e.Path) || e.Path == "." {
		return nil, fmt.Errorf("%q is not a path in an image", e.Path)
	}
	mode, err := strconv.ParseInt(e.Mode, 8, 64)
	if err != nil || mode < 0 || mode > 0o7777 {
		return nil, fmt.Errorf("/%s has the mode %q, which is not an octal number up to 7777", e.Path, e.Mode)
	}
	if e.UID == nil || e.GID == nil {
		return nil, fmt.Errorf("/%s has no owner; give uid and gid to pkg_attributes", e.Path)
	}
	header := &tar.Header{
		Typeflag: tar.TypeReg,
		Name:     e.Path,
		Size:     size,
		Mode:     mode,
		Uid:      *e.UID,
		Gid:      *e.GID,
		ModTime:  time.Unix(0, 0),
		Format:   tar.FormatUSTAR,
	}
	if e.Source == "" {
		header.Typeflag = tar.TypeDir
		header.Name += "/"
	}
	return header, nil
}

// check holds that an archive may have the entry after those before it: each
// path once, and a directory before what it holds.
func (e entry) check(before map[string]entry) error {
	if _, found := before[e.Path]; found {
		return fmt.Errorf("/%s is there twice", e.Path)
	}
	slash := strings.LastIndexByte(e.Path, '/')
	if slash < 0 {
		return nil
	}
	parent, found := before[e.Path[:slash]]
	if !found {
		return fmt.Errorf("/%s is in a directory that nothing makes; add a pkg_mkdirs", e.Path)
	}
	if parent.Source != "" {
		return fmt.Errorf("/%s is in a file", e.Path)
	}
	return nil
}
