package boltstore

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// The name of a temporary file is that of the database, with these around a number.
const (
	leftoverBegin = ".restore-"
	leftoverEnd   = ".tmp"
)

// removeLeftovers removes the temporary files that killed restores to path have left.
// That of a running one is locked, and stays.
func removeLeftovers(path string) {
	dir, base := filepath.Split(path)
	entries, _ := os.ReadDir(filepath.Dir(path)) // what can't be removed does no harm
	for _, e := range entries {
		if !isLeftover(e.Name(), base) {
			continue
		}
		left := dir + e.Name()
		if unlock, err := lock(left); err == nil {
			_ = os.Remove(left)
			unlock()
		}
	}
}

// isLeftover reports whether a file is a temporary one of restores to base.
func isLeftover(name, base string) bool {
	number, begins := strings.CutPrefix(name, base+leftoverBegin)
	number, ends := strings.CutSuffix(number, leftoverEnd)
	_, err := strconv.ParseUint(number, 10, 64)
	return begins && ends && err == nil
}
