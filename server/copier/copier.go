// Package copier copies all items of a store to another one, be it of another engine, as
// they are.
package copier

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"example.com/multistage/items"
)

// Source is a store to copy from.
type Source interface {
	// List is that of [items.Store].
	List(ctx context.Context, q items.Query) (items.Page, error)

	// LastID returns the largest id ever assigned, be its item there or not, and 0 where
	// none was.
	LastID(ctx context.Context) (int64, error)
}

// Target is a store to copy to.
type Target interface {
	Source

	// PutItems stores items as they are, all of them or none, and returns once they are
	// durable. Their ids ascend, and are above those of all items that the store has.
	PutItems(ctx context.Context, all []items.Item) error

	// RaiseLastID makes id the largest that was ever assigned, unless a larger one was.
	RaiseLastID(ctx context.Context, id int64) error
}

// Errors of Copy, matched with [errors.Is].
var (
	// ErrNotEmpty says that the target has items, or had some. Nothing was changed there.
	ErrNotEmpty = errors.New("the target is not empty")

	// ErrOther says that the target of a copy that goes on has something else than the
	// beginning of the source. Nothing was changed there.
	ErrOther = errors.New("the target is not the beginning of a copy")

	// ErrDiffers says that all was copied, and the target is not what the source is
	// now: either was written to meanwhile, or does not keep what it is given.
	ErrDiffers = errors.New("the copy is not what the source is")

	// ErrGrown says that all was copied, and that the source has assigned ids meanwhile.
	ErrGrown = errors.New("the source was written to meanwhile")
)

// Options are the settings of a Copy.
type Options struct {
	// Resume goes on with a copy that was interrupted, if there is one.
	Resume bool
	// Progress is told of each page of items, unless it is nil.
	Progress func(Progress)
}

// Result is what a Copy has done, also where it returns an error.
type Result struct {
	// There is how many items an interrupted copy has left at the target, and Copied
	// how many this one has put there.
	There, Copied int
	// ID is that of the last item of the target, or 0.
	ID int64
	// LastID is the largest id that the source has ever assigned.
	LastID int64
	// Sum is the SHA-256 of the items at the target as they are exported: the JSON form
	// of each, and a newline. Only a whole copy has one.
	Sum [sha256.Size]byte
}

// Copy copies all items of from to an empty store, with their ids, times and versions, so
// that it assigns none of the ids that from has ever assigned. Then it reads both and
// compares them. It keeps no more than a few pages in memory.
//
// It only ever adds items to the target, and each PutItems is durable: a copy that was
// interrupted, even by the end of the process, is gone on with by o.Resume. That compares
// all that is there with the beginning of the source first.
//
// Errors: those above; ctx.Err() and the errors of the stores.
func Copy(ctx context.Context, from Source, to Target, o Options) (Result, error) {
	c := &copying{from: from, to: to, progress: o.Progress}
	if c.progress == nil {
		c.progress = func(Progress) {}
	}
	err := c.begin(ctx, o.Resume)
	if err == nil {
		err = c.copy(ctx)
	}
	if err == nil {
		err = c.verify(ctx)
	}
	return c.done, err
}

// copying is a Copy under way.
type copying struct {
	from     Source
	to       Target
	progress func(Progress)
	done     Result
}

// begin makes sure that the target can take the copy, and finds where that goes on. It
// raises the last id before anything is copied, so that even a target that a copy is
// never gone on with assigns no id of the source again.
func (c *copying) begin(ctx context.Context, resume bool) (err error) {
	if c.done.LastID, err = c.from.LastID(ctx); err != nil {
		return fmt.Errorf("the source: %w", err)
	}
	last, err := c.to.LastID(ctx)
	if err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	first, err := c.to.List(ctx, items.Query{Limit: 1})
	switch {
	case err != nil:
		return fmt.Errorf("the target: %w", err)
	case !resume && (last > 0 || len(first.Items) > 0):
		return ErrNotEmpty
	case last > c.done.LastID:
		return fmt.Errorf("%w: it has assigned the id %d, and the source none above %d", ErrOther, last, c.done.LastID)
	case len(first.Items) > 0:
		err = c.compareBeginning(ctx)
	}
	if err != nil {
		return err
	}
	if err := c.to.RaiseLastID(ctx, c.done.LastID); err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	return nil
}

// copy puts the items above those that are there.
func (c *copying) copy(ctx context.Context) error {
	r := newReader(ctx, c.from, c.done.ID)
	defer r.close()
	for {
		page, err := r.page()
		if err != nil {
			return fmt.Errorf("the source: %w", err)
		}
		if len(page) == 0 {
			return nil
		}
		if err := c.to.PutItems(ctx, page); err != nil {
			return fmt.Errorf("the target: %w", err)
		}
		c.done.Copied += len(page)
		c.done.ID = page[len(page)-1].ID
		c.progress(Progress{Copying, c.done.There + c.done.Copied, c.done.ID, c.done.LastID})
	}
}
