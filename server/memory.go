package main

import (
	"io/fs"
	"log/slog"
	"runtime/debug"

	"example.com/multistage/server/memlimit"
)

// limitMemory tells Go's runtime how much memory the container grants, as found
// below root, so that garbage is collected before the kernel ends the process. A
// tenth stays free for what the runtime does not count, such as the pages of
// the database in the kernel's cache. A GOMEMLIMIT that the user sets wins.
func limitMemory(env lookupEnv, root fs.FS, log *slog.Logger) {
	if set, _ := env("GOMEMLIMIT"); set != "" {
		log.Debug("memory limit", "source", "GOMEMLIMIT", "bytes", debug.SetMemoryLimit(-1))
		return
	}
	granted := memlimit.Cgroup(root)
	if granted == 0 {
		log.Debug("memory limit", "source", "none")
		return
	}
	limit := granted / 10 * 9
	debug.SetMemoryLimit(limit)
	log.Debug("memory limit", "source", "cgroup", "granted", granted, "bytes", limit)
}
