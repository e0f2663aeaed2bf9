package slots

import (
	"sync"
	"testing"
)

func TestSlots(t *testing.T) {
	for limit, takers := range map[int]int{0: 3, 1: 1, 2: 2} {
		s := New(limit)
		for n := range takers {
			if !s.Take() || s.Taken() != int64(n+1) {
				t.Errorf("limit %d: no place after %d, or %d are taken", limit, n, s.Taken())
			}
		}
		if !s.Limited() {
			continue
		}
		if s.Take() || s.Taken() != int64(takers) {
			t.Errorf("limit %d: one more, and %d are taken", limit, s.Taken())
		}
		s.Leave()
		if !s.Take() {
			t.Errorf("limit %d: a place that was left is not free", limit)
		}
	}
}

func TestManyTakers(t *testing.T) {
	s := New(2)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if s.Take() {
				s.Leave()
			}
		})
	}
	wg.Wait()
	if s.Taken() != 0 {
		t.Errorf("%d places are taken, and nobody is there", s.Taken())
	}
}
