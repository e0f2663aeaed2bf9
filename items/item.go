// Package items is the domain: what an item is, which drafts of one are
// accepted, and what a store of items promises. It knows no HTTP, SQL or file.
package items

import "time"

// MaxID is the largest id a store assigns, 2^53 - 1: the largest integer that
// every JSON reader holds exactly (RFC 8259, section 6).
const MaxID = 1<<53 - 1

// Item is a stored item.
type Item struct {
	// ID is assigned by the store: from 1 to [MaxID], ascending in the order
	// of creation, never used twice.
	ID int64

	Name        string
	Description string

	// CreatedAt and UpdatedAt are in UTC with a precision of one microsecond,
	// the finest that every engine keeps.
	CreatedAt time.Time
	UpdatedAt time.Time

	// Version starts at 1 and grows by one with each change.
	Version int64
}

// New returns the item that a store makes of d under the given id at the given
// time.
func New(id int64, d Draft, now time.Time) Item {
	now = now.UTC().Truncate(time.Microsecond)
	return Item{
		ID:          id,
		Name:        d.Name,
		Description: d.Description,
		CreatedAt:   now,
		UpdatedAt:   now,
		Version:     1,
	}
}

// Draft returns what a user says of the item.
func (it Item) Draft() Draft {
	return Draft{it.Name, it.Description}
}

// Changed returns the item that a store makes of it and d at the given time. Its
// time never goes back. Where d changes nothing it is the same item.
func (it Item) Changed(d Draft, now time.Time) Item {
	if d == it.Draft() {
		return it
	}
	changed := New(it.ID, d, now)
	changed.CreatedAt = it.CreatedAt
	if changed.UpdatedAt.Before(it.UpdatedAt) {
		changed.UpdatedAt = it.UpdatedAt
	}
	changed.Version = it.Version + 1
	return changed
}
