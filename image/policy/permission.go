package policy

// permission is what somebody may do with a file: the bits of its mode.
type permission uint32

const (
	execute permission = 0o1
	// enter and change is what it takes to make files in a directory.
	enterAndChange permission = 0o3
)
