// Package slots counts what runs at once, up to a limit.
package slots

import "sync/atomic"

// Slots are places for what runs at once. They may be used by many goroutines;
// [New] makes them.
type Slots struct {
	limit int64
	taken atomic.Int64
}

// New returns slots of which at most limit can be taken, or any number where limit
// is 0.
func New(limit int) *Slots {
	return &Slots{limit: int64(limit)}
}

// Limited reports whether there is a limit.
func (s *Slots) Limited() bool { return s.limit > 0 }

// Take takes a place, which Leave gives back, and reports whether there was one.
func (s *Slots) Take() bool {
	if n := s.taken.Add(1); s.Limited() && n > s.limit {
		s.taken.Add(-1)
		return false
	}
	return true
}

// Leave gives a place back.
func (s *Slots) Leave() { s.taken.Add(-1) }

// Taken returns how many places are taken.
func (s *Slots) Taken() int64 { return s.taken.Load() }
