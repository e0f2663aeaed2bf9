package pgstore

import (
	"testing"

	"example.com/multistage/items"
)

func TestListerNext(t *testing.T) {
	for name, tt := range map[string]struct {
		l    lister
		want int64
	}{
		"nothing":                       {lister{}, 0},
		"the last":                      {lister{items: []items.Item{{ID: 7}}}, 0},
		"more rows":                     {lister{items: []items.Item{{ID: 7}}, more: true}, 7},
		"more rows before the bound":    {lister{items: []items.Item{{ID: 7}}, more: true, bound: []int64{9, 10}}, 7},
		"all to the bound, the end":     {lister{items: []items.Item{{ID: 7}}, bound: []int64{9}}, 0},
		"all to the bound":              {lister{items: []items.Item{{ID: 7}}, bound: []int64{9, 10}}, 9},
		"none to the bound":             {lister{bound: []int64{9, 10}}, 9},
		"what was found after deletion": {lister{items: []items.Item{{ID: 12}}, bound: []int64{9, 10}}, 12},
	} {
		if got := tt.l.page().Next; got != tt.want {
			t.Errorf("%s: Next is %d, want %d", name, got, tt.want)
		}
	}
}
