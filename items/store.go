package items

import "context"

// Store keeps items durably. All methods may be called from many goroutines at
// once.
//
// Every method returns ctx.Err() when ctx ends before its work has begun, and
// [ErrClosed] after Close. An error that is none of those documented is a fault
// of the engine, and the outcome of a write that failed with one is unknown.
type Store interface {
	// Create validates d, stores it as a new item and returns the item once
	// it is durable. The items created by calls that do not overlap have
	// ascending ids, and an item is never listed before one with a smaller
	// id that is yet to appear.
	//
	// Errors: [*InvalidError], [ErrFull].
	Create(ctx context.Context, d Draft) (Item, error)

	// Get returns the item with the given id.
	//
	// Errors: [ErrNotFound].
	Get(ctx context.Context, id int64) (Item, error)

	// List returns at most limit items with ids greater than after, in
	// ascending order, and whether more follow. The row of after itself
	// need not exist. A limit below 1 yields no items.
	List(ctx context.Context, after int64, limit int) (page []Item, more bool, err error)

	// Delete removes the item with the given id durably. Its id is never
	// assigned again.
	//
	// Errors: [ErrNotFound], [ErrFull].
	Delete(ctx context.Context, id int64) error

	// Ready reports why the store can't serve now, or nil.
	Ready(ctx context.Context) error

	// Close waits for calls under way, then releases what the store holds.
	// A second Close does nothing.
	Close() error
}
