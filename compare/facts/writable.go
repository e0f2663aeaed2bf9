package facts

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Where an image names its users and groups.
const (
	passwdPath = "etc/passwd"
	groupPath  = "etc/group"
)

// identity is whom a container runs as.
type identity struct{ uid, gid int }

// writable returns the paths that the image's user may write to: files that it may change, and directories
// that it may make files in. Root may write to all. Links are not counted.
func writable(root *node, user string) (paths []string) {
	who := identify(root, user)
	var walk func(string, *node)
	walk = func(path string, n *node) {
		for name, child := range n.children {
			path := path + "/" + name
			if child.mode&fs.ModeSymlink == 0 && who.may(child, 0o2) && (child.children == nil || who.may(child, 0o1)) {
				paths = append(paths, path)
			}
			if child.children != nil && who.may(child, 0o1) {
				walk(path, child)
			}
		}
	}
	walk("", root)
	slices.Sort(paths)
	return paths
}

// may tells whether somebody has the permissions for a file that bits name, as the mode has them for others.
func (who identity) may(n *node, bits fs.FileMode) bool {
	mode := n.mode.Perm()
	switch {
	case who.uid == 0:
		return true
	case who.uid == n.uid:
		mode >>= 6
	case who.gid == n.gid:
		mode >>= 3
	}
	return mode&bits == bits
}

// identify returns whom an image runs as, by the numbers or names USER[:GROUP]. An engine refuses a name that
// the image does not know; it counts as root here.
func identify(root *node, user string) identity {
	user, group, grouped := strings.Cut(user, ":")
	account := lookUp(text(root, passwdPath), user, 4)
	who := identity{number(user, account, 2), number("", account, 3)}
	if grouped {
		who.gid = number(group, lookUp(text(root, groupPath), group, 3), 2)
	}
	return who
}

// number returns a number, or else that of a field of a record.
func number(text string, record []string, field int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if record == nil {
		return 0
	}
	n, _ := strconv.Atoi(record[field])
	return n
}

// lookUp returns the record of passwd(5) or group(5) with a name or number, which has at least some fields.
func lookUp(database, name string, fields int) []string {
	for line := range strings.Lines(database) {
		record := strings.Split(strings.TrimSpace(line), ":")
		if len(record) >= fields && (record[0] == name || record[2] == name) {
			return record
		}
	}
	return nil
}
