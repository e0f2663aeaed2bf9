package result

// Run is what was measured while containers of an image, and its program alone, ran. Lists have one value a
// round, those of programs alone several.
type Run struct {
	Process   []float64 `json:"process"`    // seconds from before the program starts until the first 200 was read
	Hello     []float64 `json:"hello"`      // the same for a bare net/http program, after each of these
	Container []float64 `json:"container"`  // seconds from before docker run until the first 200 was read
	IdleRSS   []float64 `json:"idle_rss"`   // bytes, after a few requests
	LoadRSS   []float64 `json:"load_rss"`   // bytes, the most by the end of a load
	Stop      []float64 `json:"stop"`       // seconds from before docker kill sends SIGTERM to the end of the container
	ExitCodes []int     `json:"exit_codes"` // after SIGTERM
}

// Hostile is a way to run a container that strict or poor platforms have.
type Hostile struct {
	Name   string `json:"name"`
	Passed bool   `json:"passed"`
	Reason string `json:"reason,omitempty"` // why it did not pass
}
