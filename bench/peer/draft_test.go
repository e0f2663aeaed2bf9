package peer

import (
	"encoding/json"
	"testing"
)

// TestDrafts holds that all drafts are as long, and that 64 words take turns.
func TestDrafts(t *testing.T) {
	seen := make(map[string]int)
	for n := 1; n <= 640; n++ {
		var d content
		if err := json.Unmarshal(draft(n), &d); err != nil {
			t.Fatal(err)
		}
		if len(d.Name) != 13 || len(d.Description) != 24 {
			t.Fatalf("%q has %d bytes, %q has %d", d.Name, len(d.Name), d.Description, len(d.Description))
		}
		seen[word(n)]++
	}
	if len(seen) != 64 {
		t.Errorf("%d words: %v", len(seen), seen)
	}
	for word, count := range seen {
		if count != 10 {
			t.Errorf("%s is in %d names of 640", word, count)
		}
	}
}
