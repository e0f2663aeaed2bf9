package report

import "example.com/multistage/compare/result"

// relation is how two medians stand to each other.
type relation int

const (
	alike   relation = iota // they differ by less than a tenth
	unclear                 // they differ, and the samples overlap
	more                    // every sample of the first is more than every one of the second
	less
)

// relate tells how a stands to b.
func relate(a, b result.Summary) relation {
	switch ratio := a.Median / b.Median; {
	case ratio > 0.9 && ratio < 1/0.9:
		return alike
	case a.Min <= b.Max && b.Min <= a.Max:
		return unclear
	case ratio > 1:
		return more
	}
	return less
}
