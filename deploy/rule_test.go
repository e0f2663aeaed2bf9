package deploy

import "fmt"

// rule is a promise about what is deployed.
type rule[Subject any] struct {
	name  string
	check func(Subject, *report)
}

// violated returns how subject breaks rules, each with the rule's name before it.
func violated[Subject any](rules []rule[Subject], subject Subject) []string {
	var r report
	for _, rule := range rules {
		r.rule = rule.name
		rule.check(subject, &r)
	}
	return r.violations
}

// report collects how rules are broken.
type report struct {
	rule       string
	violations []string
}

func (r *report) addf(format string, args ...any) {
	r.violations = append(r.violations, r.rule+": "+fmt.Sprintf(format, args...))
}

// want holds that ok, of which what tells.
func (r *report) want(ok bool, what string, args ...any) {
	if !ok {
		r.addf("want "+what, args...)
	}
}

// same holds that what is as wanted.
func same[T comparable](r *report, what string, got, want T) {
	if got != want {
		r.addf("%s is %v, want %v", what, got, want)
	}
}
