package items

import (
	"testing"
	"time"
)

func TestChanged(t *testing.T) {
	at := time.Date(2026, 11, 24, 1, 2, 3, 4000, time.UTC)
	item := New(7, Draft{"a", "b"}, at)
	if item.Draft() != (Draft{"a", "b"}) {
		t.Errorf("Draft = %+v", item.Draft())
	}
	if got := item.Changed(Draft{"a", "b"}, at.Add(time.Hour)); got != item {
		t.Errorf("of the same draft = %+v, want %+v", got, item)
	}
	for _, tt := range []struct{ now, want time.Time }{
		{at.Add(time.Hour + 999).In(time.FixedZone("", 3600)), at.Add(time.Hour)},
		{at, at},
		{at.Add(-time.Hour), at}, // a clock that goes back
	} {
		want := Item{ID: 7, Name: "c", CreatedAt: at, UpdatedAt: tt.want, Version: 2}
		if got := item.Changed(Draft{Name: "c"}, tt.now); got != want {
			t.Errorf("at %v = %+v, want %+v", tt.now, got, want)
		}
	}
}
