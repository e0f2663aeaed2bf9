package pgstore

import (
	"slices"

	"example.com/multistage/items"
)

// creation is one caller's wish for new items: of all drafts, or of none.
type creation struct {
	drafts []items.Draft // its own: they may be sent when the caller has ceased to wait
	key    []byte        // of the one draft, or nil

	// left says that the caller waits no more. The creators' lock guards it.
	left bool
	// result receives the outcome. It has room for it.
	result chan error
	// created are the items. Where there are none without an error, the key was there.
	created []items.Item
}

func newCreation(key []byte, drafts ...items.Draft) *creation {
	return &creation{drafts: slices.Clone(drafts), key: key, result: make(chan error, 1)}
}
