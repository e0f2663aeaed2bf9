package policy_test

import (
	"archive/tar"
	"strings"
	"testing"

	"example.com/multistage/image/policy"
)

func TestConforming(t *testing.T) {
	for name, change := range map[string]func(*fixture){
		"as made":       func(*fixture) {},
		"no history":    func(f *fixture) { f.config.History = nil },
		"a full budget": func(f *fixture) { f.want.Budget.Binary = int64(len(f.program.elf(t))) },
		"a link":        add(typed("link", tar.TypeSymlink, "server")),
	} {
		t.Run(name, func(t *testing.T) {
			f := conforming()
			change(f)
			if violations, err := policy.Check(f.image(t), f.want); err != nil || len(violations) > 0 {
				t.Errorf("violations %q, %v", violations, err)
			}
		})
	}
}

// violating is a way to break one rule.
type violating struct {
	rule   string
	change func(*fixture)
	text   string // in the violation
}

func TestViolations(t *testing.T) {
	for _, test := range cases() {
		t.Run(test.rule+"/"+test.text, func(t *testing.T) {
			f := conforming()
			test.change(f)
			violations, err := policy.Check(f.image(t), f.want)
			if err != nil {
				t.Fatal(err)
			}
			if len(violations) != 1 || violations[0].Rule != test.rule || !strings.Contains(violations[0].Text, test.text) {
				t.Errorf("violations %q, want one of %s with %q", violations, test.rule, test.text)
			}
		})
	}
}

// A rule that nothing breaks could as well not be there.
func TestEveryRuleCanBeBroken(t *testing.T) {
	broken := make(map[string]bool)
	for _, test := range cases() {
		broken[test.rule] = true
	}
	for _, rule := range policy.Rules() {
		if !broken[rule.Name] {
			t.Errorf("no case breaks the rule %s", rule.Name)
		}
	}
}
