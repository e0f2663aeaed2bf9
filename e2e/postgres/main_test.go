// Package postgres runs the service on real PostgreSQL servers, alone and behind a
// real nginx, and ends each of them in turn.
package postgres

import (
	"os"
	"testing"
	"time"

	"example.com/multistage/e2e/process"
)

// patience is how long a process may take for what it does at once.
const patience = 30 * time.Second

func TestMain(m *testing.M) { os.Exit(process.Main(m)) }

// rounds returns how often a test does what it does: full times where ITEMS_E2E_FULL
// is set, else some times, as in CI.
func rounds(some, full int) int {
	if os.Getenv("ITEMS_E2E_FULL") != "" {
		return full
	}
	return some
}
