// Package budget holds images to the most that they may cost.
package budget

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Budget is the most that a metric of an image may be, or what it has to be.
type Budget struct {
	Image  string // its name in a comparison
	Metric string // one of Metrics
	Most   float64
	Exact  bool   // less is wrong too
	About  string // what is bounded, in words
}

// Parse reads budgets, one a line, such as
//
//	multistage pull.go <= 4200000   # bytes to pull after a changed line of Go
//	multistage pull.go.layers = 1   # and in how many layers
//
// Empty lines, and lines that begin with #, are skipped. The error names the line.
func Parse(text string) (all []Budget, err error) {
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

func parseLine(line string) (b Budget, err error) {
	line, about, _ := strings.Cut(line, "#")
	words := strings.Fields(line)
	if len(words) != 4 || words[2] != "<=" && words[2] != "=" {
		return b, fmt.Errorf("%q is not IMAGE METRIC <= NUMBER # what, or with = for <=", strings.TrimSpace(line))
	}
	if !slices.Contains(Metrics(), words[1]) {
		return b, fmt.Errorf("there is no metric %q; there are %s", words[1], strings.Join(Metrics(), ", "))
	}
	b = Budget{Image: words[0], Metric: words[1], Exact: words[2] == "=", About: strings.TrimSpace(about)}
	if b.Most, err = strconv.ParseFloat(words[3], 64); err != nil || !(b.Most >= 0) {
		return b, fmt.Errorf("%q is not a number of 0 or more", words[3])
	}
	return b, nil
}
