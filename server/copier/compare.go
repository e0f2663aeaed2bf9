package copier

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"

	"example.com/multistage/items"
)

// comparison is what was found of the target: all of it is at the source too.
type comparison struct {
	items int
	id    int64 // of the last item
	sum   hash.Hash
	form  []byte
	// next is the id of the item that follows at the source, or 0.
	next int64
}

// compare passes through both stores until the target ends. A difference is an error
// that wraps kind.
func (c *copying) compare(ctx context.Context, phase Phase, kind error) (*comparison, error) {
	source, target := newReader(ctx, c.from, 0), newReader(ctx, c.to, 0)
	defer source.close()
	defer target.close()
	done := &comparison{sum: sha256.New()}
	for {
		at, ok, err := target.item()
		if err != nil {
			return nil, fmt.Errorf("the target: %w", err)
		}
		want, more, err := source.item()
		if err != nil {
			return nil, fmt.Errorf("the source: %w", err)
		}
		if !ok {
			done.next = want.ID
			return done, nil
		}
		if what := difference(want, more, at); what != "" {
			return nil, fmt.Errorf("%w: %s", kind, what)
		}
		done.add(at)
		if len(target.current) == 0 {
			c.progress(Progress{phase, done.items, done.id, c.done.LastID})
		}
	}
}

// difference says how an item of the target differs from that of the source, if there is
// one, or nothing.
func difference(source items.Item, ok bool, target items.Item) string {
	switch {
	case source == target:
		return ""
	case !ok || target.ID < source.ID:
		return fmt.Sprintf("item %d is only at the target", target.ID)
	case source.ID < target.ID:
		return fmt.Sprintf("item %d is only at the source", source.ID)
	}
	return fmt.Sprintf("item %d is another one at the target", target.ID)
}

// add notes an item that is the same at both stores.
func (d *comparison) add(item items.Item) {
	d.form = append(item.AppendJSON(d.form[:0]), '\n')
	d.sum.Write(d.form)
	d.items++
	d.id = item.ID
}

// compareBeginning makes sure that the target is the beginning of the source, and notes
// where that ends.
func (c *copying) compareBeginning(ctx context.Context) error {
	there, err := c.compare(ctx, Comparing, ErrOther)
	if err != nil {
		return err
	}
	c.done.There, c.done.ID = there.items, there.id
	return nil
}

// verify makes sure that the target is what the source is now.
func (c *copying) verify(ctx context.Context) error {
	all, err := c.compare(ctx, Verifying, ErrDiffers)
	if err != nil {
		return err
	}
	source, err := c.from.LastID(ctx)
	if err != nil {
		return fmt.Errorf("the source: %w", err)
	}
	target, err := c.to.LastID(ctx)
	if err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	switch {
	case source > c.done.LastID:
		return ErrGrown
	case all.next != 0:
		return fmt.Errorf("%w: item %d is only at the source", ErrDiffers, all.next)
	case target != source:
		return fmt.Errorf("%w: the last id assigned there is %d, and %d at the target", ErrDiffers, source, target)
	}
	all.sum.Sum(c.done.Sum[:0])
	return nil
}
