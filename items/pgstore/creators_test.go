package pgstore

import (
	"testing"

	"example.com/multistage/items"
)

func TestGather(t *testing.T) {
	wish := func(key string, drafts int) *creation {
		if key == "" {
			return newCreation(nil, make([]items.Draft, drafts)...)
		}
		return newCreation([]byte(key), make([]items.Draft, drafts)...)
	}
	for name, tt := range map[string]struct {
		waiting []*creation
		want    []int // in each group
	}{
		"all at once":        {[]*creation{wish("", 1), wish("", 1000), wish("a", 1), wish("b", 1)}, []int{4}},
		"a key once":         {[]*creation{wish("a", 1), wish("a", 1), wish("b", 1), wish("a", 1)}, []int{2, 1, 1}},
		"as many as allowed": {[]*creation{wish("", maxGroup-1), wish("", 9), wish("", 1), wish("", maxGroup), wish("", 1)}, []int{2, 2, 1}},
	} {
		c := creators{waiting: tt.waiting}
		for _, want := range tt.want {
			if got := len(c.gather()); got != want {
				t.Errorf("%s: a group of %d creations, want %d", name, got, want)
			}
		}
		if len(c.waiting) != 0 {
			t.Errorf("%s: %d creations are left", name, len(c.waiting))
		}
	}
}
