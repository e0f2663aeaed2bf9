package round

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestDuring holds that what lasts is told, and what does not is not.
func TestDuring(t *testing.T) {
	for lasts, want := range map[time.Duration]string{
		time.Second:      "",
		3 * time.Second:  "  waiting, for 2s\n",
		15 * time.Second: "  waiting, for 2s\n  waiting, for 12s\n",
	} {
		synctest.Test(t, func(t *testing.T) {
			var told strings.Builder
			r := &Runner{progress: &told}
			end := r.during("waiting")
			time.Sleep(lasts)
			if end(); told.String() != want {
				t.Errorf("%v: %q, want %q", lasts, told.String(), want)
			}
		})
	}
}
