package hostile

import "testing"

// TestLedger holds that an item is missed where it is gone or another one, and that more items are no fault.
func TestLedger(t *testing.T) {
	made := ledger{1: "one", 2: "two"}
	for _, tt := range []struct {
		there map[int64]string
		kept  bool
	}{
		{map[int64]string{1: "one", 2: "two"}, true},
		{map[int64]string{1: "one", 2: "two", 3: "not acknowledged"}, true},
		{map[int64]string{1: "one"}, false},
		{map[int64]string{1: "one", 2: "one"}, false},
		{nil, false},
	} {
		if err := made.in(tt.there); (err == nil) != tt.kept {
			t.Errorf("%v: %v", tt.there, err)
		}
	}
}
