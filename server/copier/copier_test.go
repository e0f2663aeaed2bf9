package copier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/boltstore"
)

// store is one of the engines.
type store interface {
	items.Store
	Target
}

// deleted is how many ids at the end of a source of these tests are of no item.
const deleted = 5

// newStore opens a store on a new file, which the test closes.
func newStore(t testing.TB) *boltstore.Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "items.db"))
}

func open(t testing.TB, path string) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// sourceItems returns items with gaps between their ids, of versions and times of their
// own, and with texts so large that they make several pages.
func sourceItems(n int) []items.Item {
	all := make([]items.Item, n)
	created := time.Date(2020, 2, 29, 23, 59, 59, 999_999_000, time.UTC)
	for i := range all {
		id := int64(3*i + 2)
		all[i] = items.Item{
			ID: id, Name: fmt.Sprint("item ", id), Description: strings.Repeat("𝄞", 11*i%items.MaxDescriptionLen),
			CreatedAt: created.Add(time.Duration(id) * time.Millisecond), UpdatedAt: created.Add(time.Hour), Version: 1 + id%7,
		}
		if i%50 == 0 {
			all[i].Name += " \"☃\""
		}
	}
	return all
}

// source returns a store of items after whose last one some were deleted.
func source(t testing.TB, n int) (store, []items.Item) {
	t.Helper()
	s := newStore(t)
	return s, fill(t, s, n)
}

// fill makes an empty store such a source.
func fill(t testing.TB, s Target, n int) []items.Item {
	t.Helper()
	all := sourceItems(n)
	put(t, s, all...)
	if err := s.RaiseLastID(t.Context(), lastOf(all)); err != nil {
		t.Fatal(err)
	}
	return all
}

// lastOf returns the last id that the source of some items has assigned.
func lastOf(all []items.Item) int64 { return all[len(all)-1].ID + deleted }

func put(t testing.TB, s Target, all ...items.Item) {
	t.Helper()
	if err := s.PutItems(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

// content returns all items of a store.
func content(t testing.TB, s Source) (all []items.Item) {
	t.Helper()
	for q := (items.Query{Limit: 1000}); ; {
		page, err := s.List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Items...)
		if q.After = page.Next; q.After == 0 {
			return all
		}
	}
}

// wantCopy checks that a store has just the items of a copied source, and assigns no id
// of it again.
func wantCopy(t *testing.T, s store, all []items.Item) {
	t.Helper()
	if got := content(t, s); !slices.Equal(got, all) {
		t.Errorf("the target has %d items, want the %d of the source as they are", len(got), len(all))
	}
	last, err := s.LastID(t.Context())
	if err != nil || last != lastOf(all) {
		t.Errorf("the last id is %d, %v; want %d", last, err, lastOf(all))
	}
	if item, err := s.Create(t.Context(), items.Draft{Name: "next"}); err != nil || item.ID != last+1 {
		t.Errorf("Create = %+v, %v; want the id %d", item, err, last+1)
	}
}

// pages is how many pages the source of items makes.
func pages(t testing.TB, s Source) (n int) {
	t.Helper()
	r := newReader(t.Context(), s, 0)
	defer r.close()
	for {
		page, err := r.page()
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			return n
		}
		n++
	}
}

func TestCopy(t *testing.T) {
	from, all := source(t, 400)
	if n := pages(t, from); n < 3 {
		t.Fatalf("%d pages are too few for this test", n)
	}
	for _, resume := range []bool{false, true} {
		to := newStore(t)
		var told []Progress
		got, err := Copy(t.Context(), from, to, Options{resume, func(p Progress) { told = append(told, p) }})
		want := Result{Copied: len(all), ID: all[len(all)-1].ID, LastID: lastOf(all), Sum: sumOf(all)}
		if err != nil || got != want {
			t.Errorf("Copy = %+v, %v; want %+v", got, err, want)
		}
		wantTold(t, told, want, Copying, Verifying)
		wantCopy(t, to, all)
	}
	if got := content(t, from); !slices.Equal(got, all) {
		t.Error("the source has changed")
	}
}

// sumOf returns the SHA-256 of an export of items.
func sumOf(all []items.Item) [sha256.Size]byte {
	var export bytes.Buffer
	for _, item := range all {
		fmt.Fprintf(&export, "%s\n", item.AppendJSON(nil))
	}
	return sha256.Sum256(export.Bytes())
}

// wantTold checks that the phases follow each other, and that each goes on to the end.
func wantTold(t *testing.T, told []Progress, want Result, phases ...Phase) {
	t.Helper()
	var got []Phase
	for i, p := range told {
		switch begins := i == 0 || p.Phase != told[i-1].Phase; {
		case begins:
			got = append(got, p.Phase)
		case p.Items <= told[i-1].Items || p.ID <= told[i-1].ID || p.LastID != want.LastID:
			t.Errorf("%v after %v", p, told[i-1])
		}
	}
	if !slices.Equal(got, phases) {
		t.Errorf("the phases are %q, want %q", got, phases)
	}
	if last := told[len(told)-1]; last.Items != want.There+want.Copied || last.ID != want.ID {
		t.Errorf("it ends with %v", last)
	}
}

func TestCopyOfNothing(t *testing.T) {
	from, to := newStore(t), newStore(t)
	for range 2 {
		got, err := Copy(t.Context(), from, to, Options{})
		if want := (Result{Sum: sha256.Sum256(nil)}); err != nil || got != want {
			t.Errorf("Copy = %+v, %v", got, err)
		}
	}
	if err := from.RaiseLastID(t.Context(), 7); err != nil { // all of its items were deleted
		t.Fatal(err)
	}
	got, err := Copy(t.Context(), from, to, Options{})
	if last, lastErr := to.LastID(t.Context()); err != nil || got.LastID != 7 || last != 7 || lastErr != nil {
		t.Errorf("Copy = %+v, %v; the last id at the target is %d, %v", got, err, last, lastErr)
	}
}

// meddler is a target with which something happens that its test chooses.
type meddler struct {
	store
	put   func(all []items.Item) error
	raise func(id int64) error
}

func newMeddler(t testing.TB) *meddler {
	return &meddler{store: newStore(t)}
}

func (m *meddler) PutItems(ctx context.Context, all []items.Item) error {
	if m.put != nil {
		return m.put(all)
	}
	return m.store.PutItems(ctx, all)
}

func (m *meddler) RaiseLastID(ctx context.Context, id int64) error {
	if m.raise != nil {
		return m.raise(id)
	}
	return m.store.RaiseLastID(ctx, id)
}

// errBroken is what a meddler fails with.
var errBroken = errors.New("broken")

// breakAt lets the call of PutItems with the given number, from 0, fail, once it has
// stored the items or without that.
func (m *meddler) breakAt(t testing.TB, call int, stores bool) {
	m.put = func(page []items.Item) error {
		if call > 0 || stores {
			put(t, m.store, page...)
		}
		if call--; call < 0 {
			return errBroken
		}
		return nil
	}
}

// TestResume breaks a copy at each page, once before the page is stored and once after
// that, and goes on with it.
func TestResume(t *testing.T) {
	from, all := source(t, 400)
	for call := range pages(t, from) {
		for _, stores := range []bool{false, true} {
			t.Run(fmt.Sprint(call, stores), func(t *testing.T) {
				to := newMeddler(t)
				to.breakAt(t, call, stores)
				wantBroken(t, from, to, call > 0 || stores)
				wantResumed(t, from, to.store, len(content(t, to)), all)
			})
		}
	}
}

// wantBroken begins a copy that breaks, and tells no more than it has copied.
func wantBroken(t *testing.T, from Source, to *meddler, some bool) {
	t.Helper()
	broken, err := Copy(t.Context(), from, to, Options{})
	there := len(content(t, to))
	if !errors.Is(err, errBroken) || broken.There != 0 || broken.Copied > there || some != (there > 0) {
		t.Fatalf("Copy = %+v, %v; %d items are there", broken, err, there)
	}
}

// wantResumed goes on with a copy of which some items are there.
func wantResumed(t *testing.T, from Source, to store, there int, all []items.Item) {
	t.Helper()
	if got, err := Copy(t.Context(), from, to, Options{}); !errors.Is(err, ErrNotEmpty) || got.Copied != 0 {
		t.Errorf("Copy that does not resume = %+v, %v; want %v", got, err, ErrNotEmpty)
	}
	var told []Progress
	got, err := Copy(t.Context(), from, to, Options{true, func(p Progress) { told = append(told, p) }})
	want := Result{There: there, Copied: len(all) - there, ID: all[len(all)-1].ID, LastID: lastOf(all), Sum: sumOf(all)}
	if err != nil || got != want {
		t.Fatalf("Copy that resumes = %+v, %v; want %+v", got, err, want)
	}
	phases := []Phase{Comparing, Copying, Verifying}
	if there == 0 {
		phases = phases[1:]
	} else if there == len(all) {
		phases = []Phase{Comparing, Verifying}
	}
	wantTold(t, told, want, phases...)
	wantCopy(t, to, all)
}

// TestUnfinished holds that the target of a copy that is never gone on with assigns no
// id of the source again.
func TestUnfinished(t *testing.T) {
	from, all := source(t, 10)
	to := newMeddler(t)
	to.put = func([]items.Item) error { return errBroken }
	if _, err := Copy(t.Context(), from, to, Options{}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	if item, err := to.Create(t.Context(), items.Draft{Name: "x"}); err != nil || item.ID != lastOf(all)+1 {
		t.Errorf("Create = %+v, %v; want the id %d", item, err, lastOf(all)+1)
	}
}

// TestInterrupted ends a copy at a page of each phase, and goes on with it.
func TestInterrupted(t *testing.T) {
	from, all := source(t, 400)
	for _, phase := range []Phase{Comparing, Copying, Verifying} {
		t.Run(string(phase), func(t *testing.T) {
			to := newStore(t)
			there := 0
			if phase == Comparing {
				there = 250
				put(t, to, all[:there]...)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			got, err := Copy(ctx, from, to, Options{phase == Comparing, func(p Progress) {
				if p.Phase == phase {
					cancel()
				}
			}})
			if !errors.Is(err, context.Canceled) || got.Sum != [sha256.Size]byte{} {
				t.Fatalf("Copy = %+v, %v", got, err)
			}
			if phase == Copying && (got.Copied == 0 || got.Copied == len(all)) {
				t.Errorf("%d items were copied of %d", got.Copied, len(all))
			}
			if now := len(content(t, to)); now != there+got.Copied {
				t.Errorf("%d items are there, and %d were copied", now, got.Copied)
			}
			wantResumed(t, from, to, there+got.Copied, all)
		})
	}
}

// TestOther holds that a target which is not the beginning of a copy stays as it is.
func TestOther(t *testing.T) {
	from, all := source(t, 400)
	other := slices.Clone(all)
	other[350].Version++
	for name, test := range map[string]struct {
		there []items.Item
		last  int64
		says  string
	}{
		"a changed item":  {other[:370], 0, "item 1052 is another one at the target"},
		"no first item":   {all[1:300], 0, "item 2 is only at the source"},
		"an item between": {append(slices.Clone(all[:300]), items.New(900, items.Draft{Name: "x"}, time.Now())), 0, "item 900 is only at the target"},
		"an item above":   {append(slices.Clone(all), items.New(lastOf(all), items.Draft{Name: "x"}, time.Now())), 0, "is only at the target"},
		"an id above":     {all, lastOf(all) + 1, fmt.Sprintf("the id %d", lastOf(all)+1)},
	} {
		t.Run(name, func(t *testing.T) {
			to := newStore(t)
			put(t, to, test.there...)
			if err := to.RaiseLastID(t.Context(), test.last); err != nil {
				t.Fatal(err)
			}
			last, _ := to.LastID(t.Context())
			if _, err := Copy(t.Context(), from, to, Options{}); !errors.Is(err, ErrNotEmpty) {
				t.Errorf("Copy: %v, want %v", err, ErrNotEmpty)
			}
			if _, err := Copy(t.Context(), from, to, Options{Resume: true}); !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("Copy that resumes: %v, want %v that says %q", err, ErrOther, test.says)
			}
			now, err := to.LastID(t.Context())
			if !slices.Equal(content(t, to), test.there) || now != last || err != nil {
				t.Errorf("the target has changed; its last id is %d, %v", now, err)
			}
		})
	}
}

// TestEmptied holds that a target which has assigned ids is not empty, since it would
// assign them again.
func TestEmptied(t *testing.T) {
	from, _ := source(t, 10)
	to := newStore(t)
	if err := to.RaiseLastID(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if got, err := Copy(t.Context(), from, to, Options{}); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("Copy = %+v, %v; want %v", got, err, ErrNotEmpty)
	}
}

// TestVerify holds that what is not at the target as it is at the source is noticed, and
// told by the id of the item.
func TestVerify(t *testing.T) {
	for name, test := range map[string]struct {
		meddle func(t *testing.T, from store, to *meddler)
		err    error
		says   string
	}{
		"a changed item": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error {
				all = slices.Clone(all)
				all[3].Description += "x"
				return to.store.PutItems(t.Context(), all)
			}
		}, ErrDiffers, "item 11 is another one at the target"},
		"a changed time": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error {
				all = slices.Clone(all)
				all[9].UpdatedAt = all[9].UpdatedAt.Add(time.Microsecond)
				return to.store.PutItems(t.Context(), all)
			}
		}, ErrDiffers, "item 29 is another one at the target"},
		"a lost item": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error {
				return to.store.PutItems(t.Context(), slices.Delete(slices.Clone(all), 4, 5))
			}
		}, ErrDiffers, "item 14 is only at the source"},
		"a lost end": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error { return to.store.PutItems(t.Context(), all[:len(all)-1]) }
		}, ErrDiffers, "item 29 is only at the source"},
		"an item of a server": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error {
				err := to.store.PutItems(t.Context(), all)
				_, createErr := to.Create(t.Context(), items.Draft{Name: "x"})
				return errors.Join(err, createErr)
			}
		}, ErrDiffers, "item 35 is only at the target"},
		"a lost last id": {func(t *testing.T, from store, to *meddler) {
			to.raise = func(int64) error { return nil }
		}, ErrDiffers, "the last id assigned there is 34, and 29 at the target"},
		"a change of the source": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error {
				_, err := from.Update(t.Context(), 5, items.AnyVersion, items.Draft{Name: "x"})
				return errors.Join(err, to.store.PutItems(t.Context(), all))
			}
		}, ErrDiffers, "item 5 is another one at the target"},
		"a new item of the source": {func(t *testing.T, from store, to *meddler) {
			to.put = func(all []items.Item) error {
				_, err := from.Create(t.Context(), items.Draft{Name: "x"})
				return errors.Join(err, to.store.PutItems(t.Context(), all))
			}
		}, ErrGrown, ""},
	} {
		t.Run(name, func(t *testing.T) {
			from, all := source(t, 10)
			to := newMeddler(t)
			test.meddle(t, from, to)
			got, err := Copy(t.Context(), from, to, Options{})
			if !errors.Is(err, test.err) || !strings.Contains(err.Error(), test.says) || got.Copied != len(all) {
				t.Errorf("Copy = %+v, %v; want %v that says %q", got, err, test.err, test.says)
			}
			if test.err == ErrGrown {
				if got, err := Copy(t.Context(), from, to.store, Options{Resume: true}); err != nil || got.Copied != 1 {
					t.Errorf("Copy that resumes = %+v, %v", got, err)
				}
			}
		})
	}
}

// TestDamagedSource holds that a damaged item ends a copy and is named, and that what
// comes before it is not lost.
func TestDamagedSource(t *testing.T) {
	path := filepath.Join(t.TempDir(), "items.db")
	s, all := open(t, path), sourceItems(400)
	put(t, s, all...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file[bytes.Index(file, all[300].AppendJSON(nil))+60] ^= 1
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	to := newStore(t)
	got, err := Copy(t.Context(), open(t, path), to, Options{})
	if !errors.Is(err, items.ErrDamaged) || !strings.Contains(err.Error(), "the source: item 902 is damaged") {
		t.Errorf("Copy = %+v, %v", got, err)
	}
	if there := content(t, to); len(there) == 0 || len(there) != got.Copied || !slices.Equal(there, all[:len(there)]) {
		t.Errorf("%d items are there, and %d were copied", len(there), got.Copied)
	}
}
