package boltstore

import (
	"errors"
	"strings"
	"syscall"
	"testing"

	"example.com/multistage/items"
)

// TestFileMayNotGrow checks that a limit of the size of files is told as a full store,
// and holds up no change once it is gone.
func TestFileMayNotGrow(t *testing.T) {
	s := newStore(t)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := before
	limit.Cur = 3 << 19 // between two sizes that the file grows to
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	draft := items.Draft{Name: "x", Description: strings.Repeat("x", 4000)}
	var err error
	for err == nil {
		_, err = s.Create(t.Context(), draft)
	}
	if restore := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); restore != nil {
		t.Fatal(restore)
	}
	if !errors.Is(err, items.ErrFull) {
		t.Errorf("Create: %v, want %v", err, items.ErrFull)
	}
	if _, err := s.Create(t.Context(), draft); err != nil {
		t.Errorf("Create without the limit: %v", err)
	}
}
