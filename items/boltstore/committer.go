package boltstore

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
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
	file      *file
	committed func(writes int, took time.Duration)
	ended     chan struct{} // closed when run has returned

	mu      sync.Mutex
	waiting []*write  // in the order in which they came
	given   sync.Cond // signalled when a write waits, or no more will come
	closed  bool
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
	c := &committer{file: f, committed: committed, ended: make(chan struct{})}
	c.given.L = &c.mu
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
	w := &write{count, apply, make(chan error, 1)}
	if !c.enter(w) {
		return items.ErrClosed
	}
	select {
	case err := <-w.result:
		return err
	case <-ctx.Done():
		if c.leave(w) {
			return ctx.Err()
		}
		return <-w.result
	}
}

// enter lets a write wait, unless the committer is closed.
func (c *committer) enter(w *write) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.waiting = append(c.waiting, w)
	c.given.Signal()
	return true
}

// leave reports whether a write was still waiting. It does so no more.
func (c *committer) leave(w *write) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.waiting, w)
	if i < 0 {
		return false
	}
	c.waiting = slices.Delete(c.waiting, i, i+1)
	return true
}

// close waits for the writes under way and ends run. It reports whether this
// was the first call.
func (c *committer) close() bool {
	c.mu.Lock()
	first := !c.closed
	c.closed = true
	c.given.Signal()
	c.mu.Unlock()
	<-c.ended
	return first
}

func (c *committer) run() {
	defer close(c.ended)
	var group []*write
	for c.await() {
		runtime.Gosched() // callers that could go on add their writes first
		if group = c.gather(group[:0]); len(group) > 0 {
			c.commit(group)
		}
		clear(group) // lets go of the callers' drafts
	}
}

// await waits for writes, and reports whether there are any.
func (c *committer) await() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiting) == 0 && !c.closed {
		c.given.Wait()
	}
	return len(c.waiting) > 0
}

// gather adds to group as many of the waiting writes as one commit takes, or none
// where their callers have given up.
func (c *committer) gather(group []*write) []*write {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := 0
	for _, w := range c.waiting {
		if size >= maxGroup {
			break
		}
		group = append(group, w)
		size += w.items
	}
	c.waiting = slices.Delete(c.waiting, 0, len(group))
	return group
}

// commit makes the writes of group durable together and answers each.
func (c *committer) commit(group []*write) {
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

// isFull reports whether err says that a file can't grow. bbolt passes on only the
// words of what truncate and the flush after it fail with.
func isFull(err error) bool {
	return err != nil && slices.ContainsFunc([]syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}, func(full syscall.Errno) bool {
		return errors.Is(err, full) || strings.HasSuffix(err.Error(), full.Error())
	})
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
