// Package machine describes what a comparison is measured on.
package machine

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"example.com/multistage/compare/result"
)

// Describe returns the machine and the versions of its tools. Those of the builders are of the repository at
// root, which may be empty. What it can't find out is left out.
func Describe(ctx context.Context, root string) result.Machine {
	memory, _ := strconv.ParseInt(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"), 10, 64)
	m := result.Machine{
		CPU:    field("/proc/cpuinfo", "model name"),
		Cores:  runtime.NumCPU(),
		Memory: memory * 1024,
		Tools:  map[string]string{"go": strings.TrimPrefix(runtime.Version(), "go")},
	}
	docker, _ := exec.CommandContext(ctx, "docker", "version", "--format={{.Server.Version}}").Output()
	for name, version := range map[string]string{
		"linux":  content("/proc/sys/kernel/osrelease"),
		"docker": strings.TrimSpace(string(docker)),
		"bazel":  content(filepath.Join(root, ".bazelversion")),
		"ko":     required(content(filepath.Join(root, "compare/ko/go.mod")), "github.com/google/ko"),
	} {
		if version != "" {
			m.Tools[name] = version
		}
	}
	return m
}

// content returns what a small file says, empty where it can't be read.
func content(path string) string {
	text, _ := os.ReadFile(path)
	return strings.TrimSpace(string(text))
}

// required returns the version of a module that a go.mod requires.
func required(mod, module string) string {
	for line := range strings.Lines(mod) {
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(words) > 1 && words[0] == module && strings.HasPrefix(words[1], "v") {
			return words[1]
		}
	}
	return ""
}

// field returns the first value of a name in a file with lines such as "MemTotal:  16 kB".
func field(path, name string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		key, value, _ := strings.Cut(lines.Text(), ":")
		if strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
