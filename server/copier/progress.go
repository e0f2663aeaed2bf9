package copier

import "fmt"

// Phase is what a Copy does at a time, as a word.
type Phase string

// The phases of a Copy, in their order.
const (
	Comparing Phase = "comparing" // what an interrupted copy has left with the source
	Copying   Phase = "copying"
	Verifying Phase = "verifying"
)

// Progress is how far a phase of a Copy is.
type Progress struct {
	Phase Phase
	Items int
	// ID is that of the last of the items, and LastID the largest that the source has
	// assigned: to count its items would take a reading of all.
	ID, LastID int64
}

// String is a line for people.
func (p Progress) String() string {
	return fmt.Sprintf("%s: %d items, up to id %d of %d", p.Phase, p.Items, p.ID, p.LastID)
}
