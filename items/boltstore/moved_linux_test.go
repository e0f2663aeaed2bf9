package boltstore_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"example.com/multistage/items/boltstore"
)

// TestOpenOfAFileThatIsReplaced replaces the file while Open waits for its lock: no
// one would find what was written to the one that is locked then.
func TestOpenOfAFileThatIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "items.db")
	for {
		err := openWhileReplaced(t, path)
		if err == nil {
			t.Fatal("Open took the file")
		}
		if strings.Contains(err.Error(), "is locked by") {
			continue // it has waited for too long on a busy machine
		}
		checkMessage(t, err, path, "no longer at its path: another file is at "+path+": start again")
		return
	}
}

// openWhileReplaced returns the error of an Open that waits for another store to close
// while the file is replaced.
func openWhileReplaced(t *testing.T, path string) error {
	t.Helper()
	held := open(t, path)
	defer held.Close()
	result := make(chan error, 1)
	go func() {
		s, err := boltstore.Open(path, boltstore.Options{})
		if err == nil {
			s.Close()
		}
		result <- err
	}()
	for opened(t, path) < 2 {
		select {
		case err := <-result:
			return err
		default:
			runtime.Gosched()
		}
	}
	if err := replace(path); err != nil {
		t.Error(err)
	}
	held.Close()
	return <-result
}

// opened counts the descriptors of this process that are of the file at path.
func opened(t *testing.T, path string) (n int) {
	t.Helper()
	fds, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		if to, err := os.Readlink(fd); err == nil && to == path {
			n++
		}
	}
	return n
}
