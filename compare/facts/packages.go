package facts

import (
	"path"
	"slices"
	"strings"
)

// Where the package managers of operating systems keep what is installed.
const (
	dpkgPath      = "var/lib/dpkg/status"
	dpkgDirectory = "var/lib/dpkg/status.d" // a file a package, as distroless images have
	apkPath       = "lib/apk/db/installed"
)

// packages returns the names of the packages of the operating system that package managers know, in their
// order. The databases of rpm are named but not read.
func packages(root *node) []string {
	names := dpkg(text(root, dpkgPath))
	if directory := root.find(split(dpkgDirectory)); directory != nil {
		for file, n := range directory.all() {
			if path.Ext(file) != ".md5sums" {
				names = append(names, dpkg(string(n.content))...)
			}
		}
	}
	names = append(names, apk(text(root, apkPath))...)
	for _, path := range []string{"usr/lib/sysimage/rpm", "var/lib/rpm"} {
		if directory := root.find(split(path)); directory != nil && len(directory.children) > 0 {
			names = append(names, "packages of the rpm database /"+path)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// text returns the content of a database, empty where it is not there.
func text(root *node, path string) string {
	if n := root.find(split(path)); n != nil {
		return string(n.content)
	}
	return ""
}

// dpkg returns the packages of a status file that are installed: https://www.debian.org/doc/debian-policy/ch-controlfields
func dpkg(status string) (names []string) {
	for stanza := range strings.SplitSeq(status, "\n\n") {
		name, installed := "", true
		for line := range strings.Lines(stanza) {
			key, value, _ := strings.Cut(line, ":")
			switch value = strings.TrimSpace(value); key {
			case "Package":
				name = value
			case "Status": // a package that was removed has an entry too
				installed = strings.HasSuffix(value, " installed")
			}
		}
		if name != "" && installed {
			names = append(names, name)
		}
	}
	return names
}

// apk returns the packages of Alpine's database: https://wiki.alpinelinux.org/wiki/Apk_spec
func apk(database string) (names []string) {
	for line := range strings.Lines(database) {
		if name, found := strings.CutPrefix(line, "P:"); found {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}
