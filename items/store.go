package items

import (
	"context"
	"fmt"
	"time"
)

// KeyTTL is how long a [Store] remembers the key of a CreateOnce.
const KeyTTL = 24 * time.Hour

// MaxKeyLen is the most bytes of a key.
const MaxKeyLen = 255

// CheckKey reports that a key is too short or too long for a CreateOnce.
func CheckKey(key string) error {
	if len(key) < 1 || len(key) > MaxKeyLen {
		return fmt.Errorf("a key has 1 to %d bytes, not %d", MaxKeyLen, len(key))
	}
	return nil
}

// AnyVersion as the version of an Update or a Delete means that the item's own
// does not matter.
const AnyVersion = 0

// Store keeps items durably. All methods may be called from many goroutines at
// once.
//
// Every method returns ctx.Err() when ctx ends before its work has begun,
// [ErrClosed] after Close, and may find an item [ErrDamaged] or the store
// [ErrUnavailable]. An error that is none of those documented is a fault of the engine, and the outcome of a write that failed
// with one is unknown.
type Store interface {
	// Create validates d, stores it as a new item and returns the item once
	// it is durable. The items created by calls that do not overlap have
	// ascending ids, and an item is never listed before one with a smaller
	// id that is yet to appear.
	//
	// Errors: [*InvalidError], [ErrFull].
	Create(ctx context.Context, d Draft) (Item, error)

	// CreateOnce is Create for a caller that may ask again since it did not
	// hear the answer. A call with the same key and draft within [KeyTTL]
	// of the first creates nothing: it returns the item as the first call
	// made it, even where it was changed or deleted since, and that it is a
	// replay. The key, of 1 to [MaxKeyLen] bytes, is stored in the same
	// transaction as the item; a call that fails uses up no key.
	//
	// Errors: [*InvalidError], [ErrFull], [ErrKeyReused], [ErrKeyRunning].
	CreateOnce(ctx context.Context, key string, d Draft) (item Item, replayed bool, err error)

	// CreateBatch stores all of drafts as new items, with ascending ids in
	// their order, or none of them. It returns them once they are durable.
	//
	// Errors: [*InvalidError] of the first invalid draft, [ErrFull].
	CreateBatch(ctx context.Context, drafts []Draft) ([]Item, error)

	// Get returns the item with the given id.
	//
	// Errors: [ErrNotFound].
	Get(ctx context.Context, id int64) (Item, error)

	// AppendItem appends the JSON form of the item with the given id, that of
	// [Item.AppendJSON], to b, and returns it with the item's version. A store
	// that keeps items in this form spares the decoding of one that is only
	// passed on.
	//
	// Errors: [ErrNotFound].
	AppendItem(ctx context.Context, b []byte, id int64) (form []byte, version int64, err error)

	// List returns a page of items in ascending order of id. It also returns
	// ctx.Err() soon after ctx ends.
	List(ctx context.Context, q Query) (Page, error)

	// AppendList appends the page that List returns as a JSON array to b, each
	// item as AppendItem does, and returns it with the page's Next.
	AppendList(ctx context.Context, b []byte, q Query) (array []byte, next int64, err error)

	// Update validates d, makes it the content of the item with the given
	// id, and returns the item once it is durable, with the next version.
	// A draft that changes nothing leaves version and time as they are. It
	// happens only while the item has the given version, or with
	// [AnyVersion].
	//
	// Errors: [*InvalidError], [ErrNotFound], [ErrVersion], [ErrFull].
	Update(ctx context.Context, id, version int64, d Draft) (Item, error)

	// Delete removes the item with the given id durably, while it has the
	// given version, or with [AnyVersion], even one that is damaged. Its id is
	// never assigned again.
	//
	// Errors: [ErrNotFound], [ErrVersion], [ErrFull].
	Delete(ctx context.Context, id, version int64) error

	// Ready reports why the store can't serve now, or nil.
	Ready(ctx context.Context) error

	// Close waits for calls under way, then releases what the store holds.
	// A second Close does nothing.
	Close() error
}
