package boltstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// newStore opens a store on a new file, which the test closes.
func newStore(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "items.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// hold occupies the committer with a write that changes nothing until release
// is called, so that further writes queue.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	holding, done := make(chan struct{}), make(chan struct{})
	go s.committer.do(context.Background(), func(*bolt.Bucket) error {
		close(holding)
		<-done
		return nil
	})
	<-holding
	return func() { close(done) }
}

// commits returns the number of transactions committed so far.
func commits(t *testing.T, s *Store) (n int) {
	t.Helper()
	if err := s.file.db.View(func(tx *bolt.Tx) error { n = tx.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOneCommitCarriesAllThatWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const waiting = 50
		s := newStore(t)
		before := commits(t, s)
		release := hold(t, s)
		results := make(chan error, waiting)
		for range waiting {
			go func() {
				_, err := s.Create(t.Context(), items.Draft{Name: "x"})
				results <- err
			}()
		}
		synctest.Wait() // until all of them are in the queue
		release()
		for range waiting {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if n := commits(t, s) - before; n != 2 {
			t.Errorf("the held write and %d that waited for it took %d commits, want 2", waiting, n)
		}
	})
}

func TestOneCommitTakesNoMoreBatchesThanItsBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const waiting = 4
		s := newStore(t)
		before := commits(t, s)
		release := hold(t, s)
		results := make(chan error, waiting)
		batch := make([]items.Draft, maxGroup/2)
		for i := range batch {
			batch[i].Name = "x"
		}
		for range waiting {
			go func() {
				_, err := s.CreateBatch(t.Context(), batch)
				results <- err
			}()
		}
		synctest.Wait() // until all of them are in the queue
		release()
		for range waiting {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if n := commits(t, s) - before; n != 1+waiting/2 {
			t.Errorf("the held write and %d batches of half a commit took %d commits, want %d", waiting, n, 1+waiting/2)
		}
	})
}

func TestWriteThatIsCancelledInTheQueueDoesNotHappen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(t)
		release := hold(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan error)
		go func() {
			_, err := s.Create(ctx, items.Draft{Name: "x"})
			result <- err
		}()
		synctest.Wait() // until it is in the queue
		cancel()
		if err := <-result; !errors.Is(err, context.Canceled) {
			t.Errorf("Create: %v, want %v", err, context.Canceled)
		}
		release()
		if _, err := s.Create(t.Context(), items.Draft{Name: "next"}); err != nil {
			t.Error(err)
		}
		if page, err := s.List(t.Context(), items.Query{Limit: 2}); err != nil || len(page.Items) != 1 {
			t.Errorf("List = %v, %v; want only the next item", page, err)
		}
	})
}

// TestWriteThatIsCancelledEndsNothing cancels writes at the moment at which they are
// taken from the queue.
func TestWriteThatIsCancelledEndsNothing(t *testing.T) {
	s := newStore(t)
	for range 500 {
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		s.committer.do(ctx, func(*bolt.Bucket) error { return errors.New("changes nothing") })
	}
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); err != nil {
		t.Error(err)
	}
}

func TestReadersDoNotWaitForTheWriter(t *testing.T) {
	s := newStore(t)
	item, err := s.Create(t.Context(), items.Draft{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	release := hold(t, s)
	defer release()
	if got, err := s.Get(t.Context(), item.ID); err != nil || got != item {
		t.Errorf("Get = %v, %v", got, err)
	}
}

// TestLongReadHoldsNothingUp writes far more than a small map holds while a reader
// is in the middle: bbolt maps anew only when no one reads.
func TestLongReadHoldsNothingUp(t *testing.T) {
	s := newStore(t)
	draft := items.Draft{Name: "x", Description: strings.Repeat("x", items.MaxDescriptionLen)}
	err := s.read(t.Context(), func(*reader) error {
		for range 100 {
			if _, err := s.Create(t.Context(), draft); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestEveryCommitIsFlushed checks the settings on which durability rests: nothing
// less than a power cut shows that one is wrong.
func TestEveryCommitIsFlushed(t *testing.T) {
	if s := newStore(t); s.file.db.NoSync || s.file.db.NoGrowSync {
		t.Errorf("NoSync is %t, NoGrowSync is %t", s.file.db.NoSync, s.file.db.NoGrowSync)
	}
}

func TestFaultEndsItsWholeGroup(t *testing.T) {
	for cause, want := range map[error]error{
		errors.New("broken"): nil,
		syscall.ENOSPC:       items.ErrFull,
		syscall.EDQUOT:       items.ErrFull,
	} {
		s := newStore(t)
		err := s.committer.do(t.Context(), func(b *bolt.Bucket) error {
			if err := b.Put(key(1), []byte("{}")); err != nil {
				return err
			}
			return fault{cause}
		})
		if !errors.Is(err, cause) || want != nil && !errors.Is(err, want) {
			t.Errorf("do: %v, want %v and %v", err, cause, want)
		}
		item, err := s.Create(t.Context(), items.Draft{Name: "after"})
		if err != nil || item.ID != 1 {
			t.Errorf("Create after the fault = %+v, %v; want id 1", item, err)
		}
	}
}

func TestDamageStopsFurtherWrites(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "items.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = s.committer.do(t.Context(), func(*bolt.Bucket) error { panic("a page makes no sense") })
	if !errors.Is(err, errDamaged) {
		t.Fatalf("do: %v, want %v", err, errDamaged)
	}
	if _, err := s.Create(t.Context(), items.Draft{Name: "x"}); !errors.Is(err, errDamaged) {
		t.Errorf("Create: %v, want %v", err, errDamaged)
	}
	if err := s.Ready(t.Context()); !errors.Is(err, errDamaged) {
		t.Errorf("Ready: %v, want %v", err, errDamaged)
	}
	if err := s.Close(); !errors.Is(err, errDamaged) {
		t.Errorf("Close: %v, want %v", err, errDamaged)
	}
}

func TestLastID(t *testing.T) {
	s := newStore(t)
	err := s.file.db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketItems).SetSequence(items.MaxID - 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	if item, err := s.Create(t.Context(), items.Draft{Name: "last"}); err != nil || item.ID != items.MaxID {
		t.Fatalf("Create = %+v, %v; want id %d", item, err, int64(items.MaxID))
	}
	if item, err := s.Create(t.Context(), items.Draft{Name: "x"}); !errors.Is(err, items.ErrFull) {
		t.Errorf("Create = %+v, %v; want %v", item, err, items.ErrFull)
	}
	page, err := s.List(t.Context(), items.Query{After: items.MaxID - 1, Limit: 10})
	if err != nil || len(page.Items) != 1 || page.Next != 0 {
		t.Errorf("List = %v, %v; want the last item", page, err)
	}
}

func BenchmarkCreate(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			s := newStore(b)
			draft := items.Draft{Name: "Item", Description: "A description of usual length, as people write it."}
			next := make(chan struct{})
			done := make(chan error)
			for range writers {
				go func() {
					for range next {
						if _, err := s.Create(b.Context(), draft); err != nil {
							done <- err
							return
						}
					}
					done <- nil
				}()
			}
			for b.Loop() {
				next <- struct{}{}
			}
			close(next)
			for range writers {
				if err := <-done; err != nil {
					b.Error(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	s := newStore(b)
	for range 100 {
		if _, err := s.Create(b.Context(), items.Draft{Name: "Item", Description: "As people write it."}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("Get", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Get(b.Context(), 50); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("List 100", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.List(b.Context(), items.Query{Limit: 100}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
