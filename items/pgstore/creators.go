package pgstore

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// maxGroup is how many items one statement makes before it takes no further creation.
const maxGroup = 1024

// creators make items for all callers. Their goroutine, run, takes all creations that
// wait, and sends them as one statement: the database makes creations one after the
// other, so that ids appear in order, and each waits for a flush.
type creators struct {
	store *Store
	ended chan struct{} // closed when run has returned

	mu      sync.Mutex
	waiting []*creation // in the order in which they came
	given   sync.Cond   // signalled when a creation waits, or no more will come
	why     error       // of the last attempt that did nothing
	closed  bool
}

func newCreators(s *Store) *creators {
	c := &creators{store: s, ended: make(chan struct{})}
	c.given.L = &c.mu
	go c.run()
	return c
}

// do makes the items of a creation and returns once they are durable. When the time of
// a call is over or ctx ends before the statement is sent, nothing is made; once it is
// sent, do waits for the rest of the time of a call.
func (c *creators) do(ctx context.Context, wish *creation) error {
	end := time.Now().Add(c.store.options.StatementTimeout)
	limited, cancel := c.store.limit(ctx)
	defer cancel()
	c.mu.Lock()
	c.waiting = append(c.waiting, wish)
	c.given.Signal()
	c.mu.Unlock()
	select {
	case err := <-wish.result:
		return err
	case <-limited.Done():
		if waited, why := c.leave(wish); waited {
			return explain(ctx, cmp.Or(why, limited.Err()))
		}
	}
	select {
	case err := <-wish.result:
		return err
	case <-time.After(time.Until(end)):
		return unknown(errLate)
	}
}

// leave reports whether a creation was still waiting, and for what. It does so no more.
func (c *creators) leave(wish *creation) (waited bool, why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	wish.left = true
	i := slices.Index(c.waiting, wish)
	if i < 0 {
		return false, nil
	}
	c.waiting = slices.Delete(c.waiting, i, i+1)
	return true, c.why
}

// close ends run. No call is under way.
func (c *creators) close() {
	c.mu.Lock()
	c.closed = true
	c.given.Signal()
	c.mu.Unlock()
	<-c.ended
}

func (c *creators) run() {
	defer close(c.ended)
	wait := waits()
	for c.await() {
		switch group, err := c.turn(); {
		case len(group) > 0:
			wait = waits()
			for _, wish := range group {
				wish.result <- wish.outcome(err)
			}
		case err != nil:
			time.Sleep(wait())
		}
	}
}

// turn makes the items of as many creations as one statement takes, and returns these
// with their outcome. Where nothing can be done now all go on waiting, and leave as their
// callers do: none is taken before there is a connection.
func (c *creators) turn() (group []*creation, err error) {
	ctx, cancel := c.store.limit(context.Background())
	defer cancel()
	got, err := c.store.attempt(ctx, func(_ context.Context, conn *pgconn.PgConn) error {
		if group = c.gather(); len(group) == 0 {
			return nil
		}
		return c.create(conn, group)
	})
	switch {
	case got == undone:
		c.putBack(group, err)
		if isRefusal(err) || c.store.isAway() {
			return c.gather(), explain(ctx, err)
		}
		return nil, err
	case got == lost:
		return group, unknown(err)
	case hasCode(err, diskFull):
		return group, full(err)
	}
	return group, err
}

// putBack lets a group wait again, but for those whose callers have left: they hear what
// they would have waited for.
func (c *creators) putBack(group []*creation, why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	group = slices.DeleteFunc(group, func(wish *creation) bool {
		if wish.left {
			wish.result <- explain(context.Background(), why)
		}
		return wish.left
	})
	c.waiting, c.why = append(group, c.waiting...), why
}

// await waits for creations, and reports whether there are any.
func (c *creators) await() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiting) == 0 && !c.closed {
		c.given.Wait()
	}
	return len(c.waiting) > 0
}

// gather returns as many of the waiting creations as one statement takes, none with the
// key of another: the second of them finds what the first has made.
func (c *creators) gather() (group []*creation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.why = nil // there is a connection
	size, keys := 0, make(map[string]bool)
	c.waiting = slices.DeleteFunc(c.waiting, func(wish *creation) bool {
		if size >= maxGroup || keys[string(wish.key)] {
			return false
		}
		if wish.key != nil {
			keys[string(wish.key)] = true
		}
		group = append(group, wish)
		size += len(wish.drafts)
		return true
	})
	return group
}

// create makes the items of a group in one transaction, which has the time of a call to
// itself: cut short, its outcome is unknown.
func (c *creators) create(conn *pgconn.PgConn, group []*creation) error {
	ctx, cancel := c.store.limit(context.Background())
	defer cancel()
	rows := rowsOf(group)
	now := c.store.options.Now()
	oldest := timeValue(now.Add(-items.KeyTTL))
	for _, wish := range group {
		wish.created = nil
	}
	all := []statement{{statementCreate, append(rows.values(), timeValue(now), oldest), func(r row) {
		rows.made(int(r.int(0))-1, r.int(1), now)
	}}}
	if rows.keyed > 0 {
		// After the other, which has the lock that lets no two of these meet.
		all = append(all, statement{statementForget, [][]byte{oldest, intValue(int64(2 * rows.keyed))}, func(row) {}})
	}
	begin := time.Now()
	err := queryAll(ctx, conn, all...)
	if err == nil {
		c.store.options.Committed(len(group), time.Since(begin))
	}
	return err
}

// outcome returns the error of a creation in a group that ended with err.
func (wish *creation) outcome(err error) error {
	if err == nil && wish.key == nil && len(wish.created) < len(wish.drafts) {
		return errNoID
	}
	return err
}
