package api

import "sync/atomic"

// slots are the places of the streams that may run at once. They are less than
// those of all requests, since a stream keeps its place for as long as its client
// likes, and holds more memory.
type slots struct {
	max   int64 // 0 for no limit
	taken atomic.Int64
}

// take reports whether there was a place. It is given back by leave.
func (s *slots) take() bool {
	if n := s.taken.Add(1); s.max > 0 && n > s.max {
		s.taken.Add(-1)
		return false
	}
	return true
}

func (s *slots) leave() { s.taken.Add(-1) }
