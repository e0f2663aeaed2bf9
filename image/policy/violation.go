package policy

// Violation is a rule that is broken.
type Violation struct {
	Rule string
	Text string // what was found, and what is wanted
}

func (v Violation) String() string { return v.Rule + ": " + v.Text }
