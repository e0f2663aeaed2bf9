package api

import (
	"fmt"
	"strings"
	"testing"
)

// TestFaultsAreBounded holds that an answer says where it lists not all faults, and
// that no more are looked for.
func TestFaultsAreBounded(t *testing.T) {
	for _, n := range []int{maxFaults, maxFaults + 1, 5000} {
		body := `{"name":"x"` + strings.Repeat(`,"unknown":1`, n) + `}`
		_, faults := parseDraft([]byte(body))
		if want := min(n, maxFaults+1); len(faults) != want {
			t.Errorf("%d faults: %d are found, want %d", n, len(faults), want)
		}
		_, err := valid(parseDraft([]byte(body)))
		p := problemOf(err)
		cut := strings.Contains(p.Detail, fmt.Sprint("its first ", maxFaults, " faults"))
		if len(p.Errors) != maxFaults || cut != (n > maxFaults) {
			t.Errorf("%d faults: %d are listed: %s", n, len(p.Errors), p.Detail)
		}
	}
}
