package pgstore

import "time"

// Stats says what a store's connections do.
type Stats struct {
	InUse int // have a statement under way
	Idle  int // rest
	Most  int // that there may be

	// Waited is how often a call had to wait for a connection, and WaitTime how long all
	// of them did together.
	Waited   int64
	WaitTime time.Duration
}

// Stats returns the figures of now, and the sums since [Open].
func (s *Store) Stats() Stats {
	stat := s.pool.Stat()
	return Stats{
		InUse:    int(stat.AcquiredResources()),
		Idle:     int(stat.IdleResources()),
		Most:     int(stat.MaxResources()),
		Waited:   stat.EmptyAcquireCount(),
		WaitTime: stat.EmptyAcquireWaitTime(),
	}
}
