package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgress checks that what takes long tells how far it is, and that nothing
// is told after the end.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told bytes.Buffer
		end := startProgress(&told, func() string { return "halfway" })
		time.Sleep(5 * time.Second)
		end()
		time.Sleep(5 * time.Second)
		if got, want := told.String(), "server: halfway\nserver: halfway\n"; got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	})
}
