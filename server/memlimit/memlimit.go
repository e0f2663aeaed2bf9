// Package memlimit finds how much memory the container of the process grants.
package memlimit

import (
	"bytes"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// unlimited is what cgroups of version 1 say, less a page at most, where there
// is no limit. No machine has as much.
const unlimited = 1 << 62

// Cgroup returns the least memory limit, in bytes, of the control group of the
// process and those above it, or 0 where there is none. It reads /proc and
// /sys/fs/cgroup below root, in version 1 or 2:
// https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
// https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
func Cgroup(root fs.FS) int64 {
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return 0
	}
	least := int64(0)
	for line := range strings.Lines(string(groups)) { // hierarchy:controllers:path
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		if len(fields) < 3 {
			continue
		}
		mount, file := memoryFile(fields[1])
		if file == "" {
			continue
		}
		if limit := leastAbove(root, mount, fields[2], file); limit > 0 && (least == 0 || limit < least) {
			least = limit
		}
	}
	return least
}

// memoryFile returns where a hierarchy with the given controllers is mounted,
// and which file of its groups has the memory limit, if any.
func memoryFile(controllers string) (mount, file string) {
	if controllers == "" {
		return "sys/fs/cgroup", "memory.max" // version 2
	}
	for name := range strings.SplitSeq(controllers, ",") {
		if name == "memory" {
			return "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		}
	}
	return "", ""
}

// leastAbove returns the least limit of a group and those above it. A container
// may see its own group only, at the mount, and be told the path that the host
// sees: what is not there is passed over.
func leastAbove(root fs.FS, mount, group, file string) int64 {
	least := int64(0)
	for at := path.Clean("/" + group); ; at = path.Dir(at) {
		if limit := read(root, path.Join(mount, at, file)); limit > 0 && (least == 0 || limit < least) {
			least = limit
		}
		if at == "/" {
			return least
		}
	}
}

// read returns the limit in a file, or 0 for none.
func read(root fs.FS, name string) int64 {
	content, err := fs.ReadFile(root, name)
	if err != nil {
		return 0
	}
	limit, err := strconv.ParseInt(string(bytes.TrimSpace(content)), 10, 64) // or "max"
	if err != nil || limit >= unlimited {
		return 0
	}
	return limit
}
