package service

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Process is the program of a container, as the system of this machine knows it by its id.
type Process int

// Status returns a field of the process's status: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
func (p Process) Status(field string) (string, error) {
	text, err := p.Read("status")
	if err != nil {
		return "", err
	}
	return status(text, field)
}

// Memory returns a field of the status that is a size, in bytes.
func (p Process) Memory(field string) (int64, error) {
	value, err := p.Status(field)
	if err != nil {
		return 0, err
	}
	return kilobytes(value)
}

// Read returns a file of the process's directory in /proc.
func (p Process) Read(name string) (string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", int(p), name))
	if err != nil {
		return "", fmt.Errorf("the container's program is seen by an engine on this machine alone: %w", err)
	}
	return string(text), nil
}

func status(text, field string) (string, error) {
	for line := range strings.Lines(text) {
		if value, found := strings.CutPrefix(line, field+":"); found {
			return strings.TrimSpace(value), nil
		}
	}
	return "", fmt.Errorf("a process's status has no %s", field)
}

// kilobytes reads a size such as "1234 kB", which has 1,024 bytes to each.
func kilobytes(value string) (int64, error) {
	number, found := strings.CutSuffix(value, " kB")
	if !found {
		return 0, fmt.Errorf("%q is no size", value)
	}
	n, err := strconv.ParseInt(number, 10, 64)
	return n << 10, err
}
