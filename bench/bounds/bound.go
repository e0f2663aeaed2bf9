// Package bounds compares results with what the service must reach.
package bounds

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/multistage/bench/result"
)

// Bound is one value that the service must reach: that of a metric, or of two combined.
type Bound struct {
	Left result.Metric
	// Combine is '/' or '-' where Right belongs to it, else 0.
	Combine byte
	Right   result.Metric
	// AtLeast is true for a lower bound, false for an upper one.
	AtLeast bool
	Value   float64
	// About says in words what is bounded.
	About string
}

// Parse reads bounds, one a line, such as
//
//	items:get.rate@10000 / bare:get.rate@10000 >= 0.85   # GET one
//
// The second metric may be missing, or be subtracted by -. Values are in the unit of
// the measure: seconds, bytes, or as such. Empty lines, and lines that begin with #, are
// skipped.
func Parse(text string) (all []Bound, err error) {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		b, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		all = append(all, b)
	}
	return all, nil
}

func parseLine(line string) (b Bound, err error) {
	line, about, _ := strings.Cut(line, "#")
	b.About = strings.TrimSpace(about)
	words := strings.Fields(line)
	if len(words) != 3 && len(words) != 5 {
		return b, fmt.Errorf("%q is not METRIC [/ METRIC] >= VALUE # what", line)
	}
	if b.Left, err = result.ParseMetric(words[0]); err != nil {
		return b, err
	}
	if len(words) == 5 {
		if words[1] != "/" && words[1] != "-" {
			return b, fmt.Errorf("%q is neither / nor -", words[1])
		}
		b.Combine = words[1][0]
		if b.Right, err = result.ParseMetric(words[2]); err != nil {
			return b, err
		}
	}
	return b, b.parseEnd(words[len(words)-2], words[len(words)-1])
}

// parseEnd reads the comparison and the value.
func (b *Bound) parseEnd(comparison, value string) (err error) {
	if comparison != ">=" && comparison != "<=" {
		return fmt.Errorf("%q is neither >= nor <=", comparison)
	}
	b.AtLeast = comparison == ">="
	b.Value, err = strconv.ParseFloat(value, 64)
	return err
}

// Metric returns what is bounded, as it is written.
func (b Bound) Metric() string {
	if b.Combine == 0 {
		return b.Left.String()
	}
	return fmt.Sprintf("%s %c %s", b.Left, b.Combine, b.Right)
}

// Limit returns the comparison and the value for people.
func (b Bound) Limit() string {
	if b.AtLeast {
		return "at least " + b.Format(b.Value)
	}
	return "at most " + b.Format(b.Value)
}

// Format returns a value of what is bounded for people.
func (b Bound) Format(v float64) string {
	if b.Combine == '/' {
		return result.Number.Format(v)
	}
	unit, _ := result.UnitOf(b.Left.Measure)
	return unit.Format(v)
}
