package boltstore

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"example.com/multistage/items"
)

// TestReaderIsKeptUntilAWrite looks at what is kept: a read transaction that was
// begun before a write must not be there after it.
func TestReaderIsKeptUntilAWrite(t *testing.T) {
	s := newStore(t)
	item, err := s.Create(t.Context(), items.Draft{Name: "one"})
	if err != nil {
		t.Fatal(err)
	}
	var before *reader
	get := func() {
		if _, err := s.Get(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
	}
	get()
	if before = s.file.readers.idle[0]; len(s.file.readers.idle) != 1 {
		t.Fatalf("%d readers are kept", len(s.file.readers.idle))
	}
	get()
	if len(s.file.readers.idle) != 1 || s.file.readers.idle[0] != before {
		t.Error("the second read did not use the reader of the first")
	}
	err = s.read(t.Context(), func(r *reader) error { // a write in the middle of a read
		item, err = s.Update(t.Context(), item.ID, items.AnyVersion, items.Draft{Name: "two"})
		return err
	})
	if err != nil || len(s.file.readers.idle) != 0 {
		t.Errorf("%d readers of the state before are kept, %v", len(s.file.readers.idle), err)
	}
	if got, err := s.Get(t.Context(), item.ID); err != nil || got != item {
		t.Errorf("Get = %+v, %v; want %+v", got, err, item)
	}
}

// TestKeptReadersHoldNoPages rewrites a large item again and again with a read in
// between: pages that are let go of are used again, so that the file does not grow.
func TestKeptReadersHoldNoPages(t *testing.T) {
	s := newStore(t)
	large := strings.Repeat("x", items.MaxDescriptionLen)
	item, err := s.Create(t.Context(), items.Draft{Name: "n"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 400 {
		if _, err := s.Update(t.Context(), item.ID, items.AnyVersion, items.Draft{Name: fmt.Sprint(i), Description: large}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
	}
	stats, err := s.Stats()
	if err != nil || stats.FileBytes > 2<<20 || stats.FreePages > 20 {
		t.Errorf("%+v, %v", stats, err)
	}
}

// TestReadersSeeEveryWrite reads from several goroutines while another writes: none
// sees a state older than a write that has returned.
func TestReadersSeeEveryWrite(t *testing.T) {
	s := newStore(t)
	item, err := s.Create(t.Context(), items.Draft{Name: "0"})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			last := int64(0)
			for last < 200 {
				got, err := s.Get(t.Context(), item.ID)
				if err != nil || got.Version < last {
					t.Errorf("version %d after %d, %v", got.Version, last, err)
					return
				}
				last = got.Version
			}
		})
	}
	for i := range 200 {
		want, err := s.Update(t.Context(), item.ID, items.AnyVersion, items.Draft{Name: fmt.Sprint(i + 1)})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Get(t.Context(), item.ID); err != nil || got != want {
			t.Errorf("Get = %+v, %v; want %+v", got, err, want)
		}
	}
	all.Wait()
}

// TestReadsEndWhileCloseWaits ends two reads at once for which Close waits, as a write
// does that needs a larger map.
func TestReadsEndWhileCloseWaits(t *testing.T) {
	s := newStore(t)
	release := make(chan struct{})
	var begun, reads sync.WaitGroup
	begun.Add(2)
	for range 2 {
		reads.Go(func() {
			err := s.read(t.Context(), func(*reader) error {
				begun.Done()
				<-release
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	begun.Wait()
	reads.Go(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for !closeWaits() {
		runtime.Gosched()
	}
	close(release)
	reads.Wait()
}

// closeWaits reports whether a goroutine is in the Close of bbolt and waits for
// transactions to end, which only its stack tells.
func closeWaits() bool {
	stacks := make([]byte, 1<<20)
	for stack := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(stack, "bbolt.(*DB).Close") && strings.Contains(stack, "sync.(*RWMutex).Lock(") {
			return true
		}
	}
	return false
}

// TestReadsDoNotAllocate holds that an item is read into the memory that is given
// for it, and nothing else.
func TestReadsDoNotAllocate(t *testing.T) {
	s := newStore(t)
	drafts := make([]items.Draft, 1000)
	for i := range drafts {
		drafts[i] = items.Draft{Name: fmt.Sprint("item ", i), Description: "said of it"}
	}
	if _, err := s.CreateBatch(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
	ctx, buf := t.Context(), make([]byte, 0, 64<<10)
	for name, read := range map[string]func() error{
		"AppendItem": func() error { _, _, err := s.AppendItem(ctx, buf, 500); return err },
		"AppendList": func() error { _, _, err := s.AppendList(ctx, buf, items.Query{After: 100, Limit: 100}); return err },
	} {
		allocations := testing.AllocsPerRun(100, func() {
			if err := read(); err != nil {
				t.Fatal(err)
			}
		})
		if allocations != 0 {
			t.Errorf("%s: %v allocations", name, allocations)
		}
	}
}

func BenchmarkReads(b *testing.B) {
	s := newStore(b)
	drafts := make([]items.Draft, 10_000)
	for i := range drafts {
		drafts[i] = items.Draft{Name: fmt.Sprintf("Item number %06d", i), Description: "A description that says some things about it"}
	}
	if _, err := s.CreateBatch(b.Context(), drafts); err != nil {
		b.Fatal(err)
	}
	ctx, buf := b.Context(), make([]byte, 0, 64<<10)
	for name, read := range map[string]func() error{
		"Get":        func() error { _, err := s.Get(ctx, 500); return err },
		"AppendItem": func() error { _, _, err := s.AppendItem(ctx, buf, 500); return err },
		"List":       func() error { _, err := s.List(ctx, items.Query{After: 100, Limit: 100}); return err },
		"AppendList": func() error { _, _, err := s.AppendList(ctx, buf, items.Query{After: 100, Limit: 100}); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
