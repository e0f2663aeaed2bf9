package policy

// Rule is a promise about a subject, such as an image, of which some is to be as
// expected.
type Rule[Subject, Want any] struct {
	Name  string
	check func(Subject, Want, *report)
}

// Check returns how the subject breaks the rule.
func (r Rule[Subject, Want]) Check(subject Subject, want Want) []Violation {
	found := report{rule: r.Name}
	r.check(subject, want, &found)
	return found.violations
}
