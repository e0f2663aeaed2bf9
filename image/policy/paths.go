package policy

import (
	"io/fs"
	"path"
	"strings"
)

// paths holds that each path is plain, is there once in all layers, and has its
// directory before it. Else what a container sees depends on who unpacks it.
func paths(i *Image, _ Expected, r *report) {
	directories := map[string]bool{".": true}
	seen := make(map[string]bool)
	for _, file := range i.files() {
		name := strings.TrimSuffix(file.header.Name, "/")
		switch {
		case !fs.ValidPath(name) || name == ".":
			r.addf("%q is not a plain path below the root", file.header.Name)
		case strings.HasPrefix(path.Base(name), ".wh."):
			r.addf("%s is a whiteout: a lower layer has what is removed here", name)
		case seen[name]:
			r.addf("%s is there twice", name)
		case !directories[path.Dir(name)]:
			r.addf("%s is in a directory that is not there before it", name)
		}
		seen[name] = true
		directories[name] = file.mode().IsDir()
	}
}
