package facts

import (
	"archive/tar"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
)

// node is a file, directory or link of a file system.
type node struct {
	mode     fs.FileMode
	uid, gid int
	children map[string]*node // of a directory, else nil
	modules  []string         // that a Go binary names, as module@version; nil where it is none
	content  []byte           // of a database that is asked for, else nil
}

// newDirectory returns a directory that no layer describes.
func newDirectory() *node {
	return &node{mode: fs.ModeDir | 0o755, children: make(map[string]*node)}
}

// newNode returns what a header describes.
func newNode(header *tar.Header) *node {
	n := &node{mode: header.FileInfo().Mode(), uid: header.Uid, gid: header.Gid}
	if n.mode.IsDir() {
		n.children = make(map[string]*node)
	}
	return n
}

// split returns the names that lead to a path of an archive. No name leads out of the root.
func split(name string) []string {
	return strings.FieldsFunc(path.Clean("/"+name), func(r rune) bool { return r == '/' })
}

// find returns what is at names, nil where nothing is.
func (n *node) find(names []string) *node {
	for _, name := range names {
		if n = n.children[name]; n == nil {
			return nil
		}
	}
	return n
}

// parent returns the directory that names lead to but for the last. Directories that no layer describes are
// made, in the place of what is none.
func (n *node) parent(names []string) *node {
	for _, name := range names[:len(names)-1] {
		child := n.children[name]
		if child == nil || child.children == nil {
			child = newDirectory()
			n.children[name] = child
		}
		n = child
	}
	return n
}

// put puts a node at names. A directory takes over what is in the one that was there.
func (n *node) put(names []string, added *node) {
	if len(names) == 0 {
		return
	}
	parent, name := n.parent(names), names[len(names)-1]
	if before := parent.children[name]; before != nil && added.children != nil && before.children != nil {
		added.children = before.children
	}
	parent.children[name] = added
}

// remove removes what is at names, and what is in it.
func (n *node) remove(names []string) {
	if len(names) == 0 {
		return
	}
	if parent := n.find(names[:len(names)-1]); parent != nil {
		delete(parent.children, names[len(names)-1])
	}
}

// all returns the paths and nodes below a directory, in the order of their names, a directory before what is
// in it.
func (n *node) all() iter.Seq2[string, *node] {
	return func(yield func(string, *node) bool) { n.walk("", yield) }
}

func (n *node) walk(prefix string, yield func(string, *node) bool) bool {
	for _, name := range slices.Sorted(maps.Keys(n.children)) {
		child := n.children[name]
		path := prefix + "/" + name
		if !yield(path, child) || !child.walk(path, yield) {
			return false
		}
	}
	return true
}

// executable tells whether it is a file that somebody may execute.
func (n *node) executable() bool {
	return n.mode.IsRegular() && n.mode&0o111 != 0
}

// setuid tells whether it is a file that runs as its owner or its group.
func (n *node) setuid() bool {
	return n.mode.IsRegular() && n.mode&(fs.ModeSetuid|fs.ModeSetgid) != 0
}

// starts tells whether it is what starts one of some programs by its name: an executable file, or a link.
func (n *node) starts(name string, programs []string) bool {
	return (n.executable() || n.mode&fs.ModeSymlink != 0) && slices.Contains(programs, name)
}
