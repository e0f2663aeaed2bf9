package result

import "slices"

// Summary is the middle of samples and how far they spread.
type Summary struct {
	Median, Min, Max float64
	Samples          int
}

// Summarize returns the summary of values, the zero Summary for none.
func Summarize(values []float64) Summary {
	if len(values) == 0 {
		return Summary{}
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return Summary{(sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1], n}
}

// Ratio summarizes the ratios of values that were measured in the same rounds.
func Ratio(values, of []float64) Summary {
	var ratios []float64
	for i := range min(len(values), len(of)) {
		ratios = append(ratios, values[i]/of[i])
	}
	return Summarize(ratios)
}
