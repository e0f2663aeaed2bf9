package policy

import (
	"fmt"
	"maps"
	"slices"
)

// report collects how a rule is broken.
type report struct {
	rule       string
	violations []Violation
}

func (r *report) addf(format string, args ...any) {
	r.violations = append(r.violations, Violation{r.rule, fmt.Sprintf(format, args...)})
}

// list compares lists whose order counts.
func (r *report) list(what string, got, want []string) {
	if !slices.Equal(got, want) {
		r.addf("%s %q, want %q", what, got, want)
	}
}

// set compares lists whose order doesn't count.
func (r *report) set(what string, got, want []string) {
	r.list(what, slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)))
}

// pairs compares values by their names.
func (r *report) pairs(what string, got, want map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if value, found := got[name]; !found {
			r.addf("no %s %s, want %q", what, name, want[name])
		} else if value != want[name] {
			r.addf("%s %s is %q, want %q", what, name, value, want[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, found := want[name]; !found {
			r.addf("%s %s is not wanted", what, name)
		}
	}
}
