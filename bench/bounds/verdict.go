package bounds

import "example.com/multistage/bench/result"

// Verdict says whether results keep to a bound.
type Verdict struct {
	Bound
	// Value is what was measured: the median of the rounds is compared. A ratio is
	// made in each round.
	Value result.Summary
	// Faulty is how many requests failed in what was measured.
	Faulty int
}

// Check compares results with a bound.
func (b Bound) Check(r *result.Results) Verdict {
	values := r.Values(b.Left)
	faulty := r.Faulty(b.Left)
	if b.Combine != 0 {
		values = result.InRounds(values, r.Values(b.Right), b.combine)
		faulty += r.Faulty(b.Right)
	}
	return Verdict{b, result.Summarize(values), faulty}
}

func (b Bound) combine(left, right float64) float64 {
	if b.Combine == '-' {
		return left - right
	}
	return left / right
}

// Pass returns whether the bound is kept. What was not measured, or answered with
// errors, does not pass.
func (v Verdict) Pass() bool {
	switch {
	case v.Value.Rounds == 0 || v.Faulty > 0:
		return false
	case v.AtLeast:
		return v.Value.Median >= v.Bound.Value
	}
	return v.Value.Median <= v.Bound.Value
}

// String returns the verdict in one word or three.
func (v Verdict) String() string {
	switch {
	case v.Value.Rounds == 0:
		return "not measured"
	case v.Pass():
		return "pass"
	}
	return "miss"
}
