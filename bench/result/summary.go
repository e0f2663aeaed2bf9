package result

import (
	"maps"
	"slices"
)

// Summary is what is said of the values of several rounds.
type Summary struct {
	Median, Min, Max float64
	Rounds           int // 0 where there are no values
}

// Summarize returns the summary of values by round. The median of an even number is
// the mean of the two in the middle.
func Summarize(values map[int]float64) Summary {
	sorted := slices.Sorted(maps.Values(values))
	n := len(sorted)
	if n == 0 {
		return Summary{}
	}
	return Summary{(sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1], n}
}

// InRounds combines the values of two metrics round by round. It leaves rounds out
// that not both have: values of different rounds say nothing about each other.
func InRounds(left, right map[int]float64, combine func(l, r float64) float64) map[int]float64 {
	combined := make(map[int]float64)
	for round, l := range left {
		if r, ok := right[round]; ok {
			combined[round] = combine(l, r)
		}
	}
	return combined
}
