package budget

import (
	"fmt"
	"slices"
	"strconv"

	"example.com/multistage/compare/result"
)

// Verdict is how an image keeps a budget.
type Verdict struct {
	Budget
	Value    float64
	Parts    string // what the value is the sum of: layers, blobs, files, cases
	Measured bool   // false: the comparison does not have the metric
}

// Check returns how the images of a comparison keep their budgets. Budgets of images that it does not have are
// left out.
func Check(budgets []Budget, c *result.Comparison) (verdicts []Verdict) {
	for _, b := range budgets {
		at := slices.IndexFunc(c.Images, func(i result.Image) bool { return i.Name == b.Image })
		if at < 0 {
			continue
		}
		all := metrics()
		m := all[slices.IndexFunc(all, func(m metric) bool { return m.name == b.Metric })]
		v := Verdict{Budget: b}
		v.Value, v.Parts, v.Measured = m.read(c.Images[at])
		verdicts = append(verdicts, v)
	}
	return verdicts
}

// Kept tells whether the metric was measured and is within the budget.
func (v Verdict) Kept() bool {
	return v.Measured && (v.Value == v.Most || !v.Exact && v.Value < v.Most)
}

// String names the metric, its value and its budget, and where the budget is exceeded what did it.
func (v Verdict) String() string {
	subject := v.Image + " " + v.Metric
	if v.About != "" {
		subject += " (" + v.About + ")"
	}
	if !v.Measured {
		return subject + ": not measured"
	}
	bound := "at most"
	if v.Exact {
		bound = "exactly"
	}
	text := fmt.Sprintf("%s: %s of %s %s", subject, number(v.Value), bound, number(v.Most))
	if !v.Kept() && v.Parts != "" {
		text += ": " + v.Parts
	}
	return text
}

// number returns a value in full where it is whole, else with two digits after the point.
func number(v float64) string {
	if v == float64(int64(v)) {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}
