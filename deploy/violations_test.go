package deploy

import (
	"slices"
	"strings"
	"testing"
)

// violating is a way to break one rule.
type violating[Subject any] struct {
	rule   string
	text   string // in the violation
	change func(Subject)
}

// testRules holds that what make returns keeps the rules, that each case breaks the one it
// names, and that none is without a case: a check that nothing breaks could as well
// not be there.
func testRules[Subject any](t *testing.T, make func(t *testing.T) Subject, rules []rule[Subject], cases []violating[Subject]) {
	t.Run("as made", func(t *testing.T) {
		for _, violation := range violated(rules, make(t)) {
			t.Error(violation)
		}
	})
	for _, c := range cases {
		t.Run(c.rule+"/"+c.text, func(t *testing.T) {
			subject := make(t)
			c.change(subject)
			violations := violated(rules, subject)
			if !slices.ContainsFunc(violations, func(v string) bool {
				return strings.HasPrefix(v, c.rule+": ") && strings.Contains(v, c.text)
			}) {
				t.Errorf("violations %q, want one of %s with %q", violations, c.rule, c.text)
			}
		})
	}
	for _, rule := range rules {
		if !slices.ContainsFunc(cases, func(c violating[Subject]) bool { return c.rule == rule.name }) {
			t.Errorf("no case breaks the rule %s", rule.name)
		}
	}
}
