// Package round measures services in rounds. In each round every service does the same
// work in turn, A B C and then again A B C, so that what slows the machine for a while slows all of
// them alike. One service runs at a time: it is started for each measurement and ended
// after it.
package round

import "time"

// Plan says what is measured.
type Plan struct {
	Items  []int // numbers of stored items, ascending
	Rounds int
	Works  []Work
	// Duration is how long one measurement lasts, and WarmUp how long the same load
	// runs before it.
	Duration, WarmUp time.Duration
	// Starts is how often a service is started in a round to time that.
	Starts int
	// Patience is how long to wait for an idle machine before each measurement.
	Patience time.Duration
}
