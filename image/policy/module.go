package policy

// Module is a Go module that a binary was built from.
type Module struct {
	Path    string
	Version string
	Sum     string // of its files, as go.sum has it
}
