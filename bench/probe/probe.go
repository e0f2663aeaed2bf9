// Package probe reads from Linux what a process costs, what a disk does, and whether
// the machine is idle.
package probe

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
)

// field returns the number after a name at the beginning of a line, such as "RssAnon:".
func field(text []byte, name string) (int64, error) {
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte(name)); ok {
			number, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte{' '})
			return strconv.ParseInt(string(number), 10, 64)
		}
	}
	return 0, fmt.Errorf("no line with %q", name)
}

// column returns the number in a column, from 0 on, of a text of numbers.
func column(text []byte, n int) (int64, error) {
	columns := bytes.Fields(text)
	if n >= len(columns) {
		return 0, fmt.Errorf("%d columns, and not %d", len(columns), n+1)
	}
	return strconv.ParseInt(string(columns[n]), 10, 64)
}

// read reads a file and a number from it.
func read(path string, number func(text []byte) (int64, error)) (int64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	n, err := number(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	return n, nil
}
