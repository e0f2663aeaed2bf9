package load

import "time"

// Result is what a run has counted.
type Result struct {
	// Requests were answered, those that were refused included.
	Requests int
	// Refused were answered with another status than 2xx.
	Refused int
	// Errors are connections that ended, or answered what is no HTTP response,
	// while a request waited.
	Errors int
	// Elapsed is the time from the first request to the last response.
	Elapsed time.Duration
	// Latency is from before a request is written until its response was read.
	Latency Histogram
	// CPU is what this process used meanwhile, by user and system.
	CPU time.Duration
}

// Rate returns the answered requests per second.
func (r *Result) Rate() float64 {
	return float64(r.Requests) / r.Elapsed.Seconds()
}

// add adds what another loop has counted at the same time.
func (r *Result) add(other *Result) {
	r.Requests += other.Requests
	r.Refused += other.Refused
	r.Errors += other.Errors
	r.Elapsed = max(r.Elapsed, other.Elapsed)
	r.Latency.Add(&other.Latency)
}
