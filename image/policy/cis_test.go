package policy_test

import (
	"fmt"
	"testing"

	"example.com/multistage/image/policy"
)

// Each item of the section is there, in order, with rules that exist.
func TestCIS(t *testing.T) {
	rules := make(map[string]bool)
	for _, rule := range policy.Rules() {
		rules[rule.Name] = true
	}
	items := policy.CIS()
	if len(items) != 12 {
		t.Errorf("%d items, want 12", len(items))
	}
	for n, item := range items {
		if want := fmt.Sprintf("4.%d", n+1); item.Number != want || item.Title == "" {
			t.Errorf("item %q %q, want %s", item.Number, item.Title, want)
		}
		if len(item.Rules) == 0 {
			t.Errorf("item %s has no rule", item.Number)
		}
		for _, rule := range item.Rules {
			if !rules[rule] {
				t.Errorf("item %s names a rule %s, which does not exist", item.Number, rule)
			}
		}
	}
}

func TestRuleNamesAreUnique(t *testing.T) {
	seen := make(map[string]bool)
	for _, rule := range policy.Rules() {
		if seen[rule.Name] {
			t.Errorf("two rules are named %s", rule.Name)
		}
		seen[rule.Name] = true
	}
}
