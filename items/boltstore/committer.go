package boltstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// maxGroup is how many items the writes of one commit change before it takes no
// further write, which bounds the memory that a commit takes.
const maxGroup = 1024

// committer is the one writer of a database. Its goroutine, run, takes all
// writes that wait, commits them in one transaction, and answers each.
type committer struct {
	file *file
	// queue has no buffer: a write that waits is a blocked sender, so that one
	// whose context ends leaves the queue without a trace.
	queue     chan write
	committed func(writes int, took time.Duration)
	ended     chan struct{} // closed when run has returned

	// calls is held for reading during each do; close holds it for writing.
	calls  sync.RWMutex
	closed bool
}

// write is one caller's change.
type write struct {
	items int // that it changes
	// apply makes the change. A fault ends the whole transaction; any other
	// error means that this write changed nothing.
	apply func(*bolt.Bucket) error
	// result receives the outcome once it is durable. It has room for it.
	result chan error
}

// fault is an error of the engine in the middle of a transaction.
type fault struct{ error }

func (f fault) Unwrap() error { return f.error }

func newCommitter(f *file, committed func(writes int, took time.Duration)) *committer {
	c := &committer{
		file:      f,
		queue:     make(chan write),
		committed: committed,
		ended:     make(chan struct{}),
	}
	go c.run()
	return c
}

// do applies a write and returns once it is durable. When ctx ends before its
// transaction has begun, do returns ctx.Err() and the write does not happen.
func (c *committer) do(ctx context.Context, apply func(*bolt.Bucket) error) error {
	return c.doBatch(ctx, 1, apply)
}

// doBatch is do for a write that changes that many items.
func (c *committer) doBatch(ctx context.Context, count int, apply func(*bolt.Bucket) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.calls.RLock()
	defer c.calls.RUnlock()
	if c.closed {
		return items.ErrClosed
	}
	w := write{count, apply, make(chan error, 1)}
	select {
	case c.queue <- w:
		return <-w.result
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close waits for the writes under way and ends run. It reports whether this
// was the first call.
func (c *committer) close() bool {
	c.calls.Lock()
	defer c.calls.Unlock()
	if c.closed {
		return false
	}
	c.closed = true
	close(c.queue)
	<-c.ended
	return true
}

func (c *committer) run() {
	defer close(c.ended)
	var group []write
	for w := range c.queue {
		group = c.gather(append(group[:0], w))
		c.commit(group)
		clear(group) // lets go of the callers' drafts
	}
}

// gather adds the writes that wait already to group, which has one.
func (c *committer) gather(group []write) []write {
	for size := group[0].items; size < maxGroup; {
		select {
		case w, ok := <-c.queue:
			if !ok {
				return group
			}
			group = append(group, w)
			size += w.items
		default:
			return group
		}
	}
	return group
}

// commit makes the writes of group durable together and answers each.
func (c *committer) commit(group []write) {
	outcomes := make([]error, len(group))
	begin := time.Now()
	err := c.update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketItems)
		b.FillPercent = fillPercent
		for i, w := range group {
			outcomes[i] = w.apply(b)
			if f, ok := errors.AsType[fault](outcomes[i]); ok {
				return f
			}
		}
		return nil
	})
	if err == nil {
		c.committed(len(group), time.Since(begin))
	}
	for i, w := range group {
		if err != nil {
			outcomes[i] = err
		}
		w.result <- outcomes[i]
	}
}

// update runs a write transaction, and tells a full disk from other faults.
func (c *committer) update(fn func(*bolt.Tx) error) error {
	var id int
	err := c.file.update(func(tx *bolt.Tx) error {
		id = tx.ID()
		return fn(tx)
	})
	if isFull(err) && !c.visible(id) {
		return fmt.Errorf("%w: %w", items.ErrFull, err)
	}
	return err
}

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// visible reports whether readers see the transaction with the given id. One
// whose commit failed at the very last flush is seen, and may or may not be there
// after a crash.
func (c *committer) visible(id int) (seen bool) {
	_ = c.file.view(func(tx *bolt.Tx) error {
		seen = tx.ID() >= id
		return nil
	})
	return seen
}
