package variant

import (
	"time"

	"example.com/multistage/compare/result"
)

// another tells whether a kind of build is built once more: the first time always, and then up to the number of
// samples as long as its builds have taken less than the patience together.
func another(taken []result.Effort, samples int, patience time.Duration) bool {
	var seconds float64
	for _, effort := range taken {
		seconds += effort.Seconds
	}
	return len(taken) == 0 || len(taken) < samples && seconds < patience.Seconds()
}
