package blackbox

import (
	"testing"
	"time"
)

// patience is how long a service may take for what it does at once.
const patience = 10 * time.Second

// Eventually waits for a condition that holds soon or never, and fails the test where
// it does not within the patience.
func Eventually(t testing.TB, patience time.Duration, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited %v in vain: %s", patience, what)
		}
	}
}
