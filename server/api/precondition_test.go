package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"example.com/multistage/items"
	"example.com/multistage/server/route"
)

// writes are the operations on one item. Their bodies make a second version.
var writes = []struct {
	method, body, mediaType string
	status                  int
}{
	{"PUT", `{"name":"two"}`, mediaJSON, http.StatusOK},
	{"PATCH", `{"name":"two"}`, mediaMergePatch, http.StatusOK},
	{"DELETE", ``, "", http.StatusNoContent},
}

// meddling is a real store with another user, who acts once between the reading of
// an item and the write that follows.
type meddling struct {
	items.Store
	once sync.Once
	act  func()
}

func (m *meddling) Update(ctx context.Context, id, version int64, d items.Draft) (items.Item, error) {
	m.once.Do(m.act)
	return m.Store.Update(ctx, id, version, d)
}

func (m *meddling) Delete(ctx context.Context, id, version int64) error {
	m.once.Do(m.act)
	return m.Store.Delete(ctx, id, version)
}

// meddled returns the API on the store of s with a user who acts meanwhile.
func meddled(t *testing.T, s service, act func()) service {
	t.Helper()
	store := &meddling{Store: s.store, act: act}
	return service{s.store, route.New(Routes(store, slog.New(slog.DiscardHandler), Options{}))}
}

// update changes an item behind the back of the API.
func (s service) update(t *testing.T, id int64, d items.Draft) {
	t.Helper()
	if _, err := s.store.Update(t.Context(), id, items.AnyVersion, d); err != nil {
		t.Error(err)
	}
}

func TestPreconditions(t *testing.T) {
	for _, write := range writes {
		for _, tt := range []struct {
			header string
			holds  bool
		}{
			{`If-Match: "1"`, true},
			{`If-Match: *`, true},
			{`If-Match: "0", "1"`, true},
			{`If-Match: "2"`, false},
			{`If-Match: W/"1"`, false},
			{`If-Match: `, false},
			{`If-None-Match: "1"`, false},
			{`If-None-Match: W/"1"`, false},
			{`If-None-Match: *`, false},
			{`If-None-Match: "2"`, true},
		} {
			t.Run(write.method+" "+tt.header, func(t *testing.T) {
				s := newService(t)
				item := s.create(t, "one")
				resp := s.do(t, write.method, itemPath(item.ID), write.body, "Content-Type: "+write.mediaType, tt.header)
				if tt.holds {
					if resp.StatusCode != write.status {
						t.Error(resp.Status)
					}
					return
				}
				if got := resp.Header.Get("ETag"); got != `"1"` {
					t.Errorf("ETag: %s", got)
				}
				wantProblem(t, resp, http.StatusPreconditionFailed)
				s.wantItem(t, s.do(t, "GET", itemPath(item.ID), ""), item)
			})
		}
	}
}

// TestIllegiblePreconditions holds that the client is told of the quotes.
func TestIllegiblePreconditions(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	for _, header := range []string{`If-Match: 1`, `If-Match: "1`, `If-Match: "1", 2`, `If-None-Match: 2`} {
		for _, write := range writes {
			resp := s.do(t, write.method, itemPath(item.ID), write.body, "Content-Type: "+write.mediaType, header)
			if p := decode[problemBody](t, resp); resp.StatusCode != http.StatusBadRequest || !strings.Contains(p.Detail, "quotes") {
				t.Errorf("%s, %s: %s, %s", write.method, header, resp.Status, p.Detail)
			}
			wantProblem(t, s.do(t, write.method, itemPath(item.ID+1), write.body, "Content-Type: "+write.mediaType, header), http.StatusNotFound)
		}
	}
	s.wantItem(t, s.do(t, "GET", itemPath(item.ID), ""), item)
}

// TestPreconditionsComeBeforeTheContent sends content that is wrong as well.
func TestPreconditionsComeBeforeTheContent(t *testing.T) {
	s := newService(t).with(Options{RequireIfMatch: true})
	path := itemPath(s.create(t, "one").ID)
	for _, body := range []string{`{"name":null}`, `{"name":`, ``} {
		wantProblem(t, s.do(t, "PATCH", path, body, patchType), http.StatusPreconditionRequired)
		wantProblem(t, s.do(t, "PATCH", path, body, patchType, `If-Match: "2"`), http.StatusPreconditionFailed)
		wantProblem(t, s.do(t, "PATCH", path+"0", body, patchType, `If-Match: "2"`), http.StatusNotFound)
		wantProblem(t, s.do(t, "PATCH", path, body, `If-Match: "2"`), http.StatusUnsupportedMediaType)
	}
}

func TestRequireIfMatch(t *testing.T) {
	for _, write := range writes {
		s := newService(t).with(Options{RequireIfMatch: true})
		item := s.create(t, "one")
		send := func(path, header string) *http.Response {
			return s.do(t, write.method, path, write.body, "Content-Type: "+write.mediaType, header)
		}
		wantProblem(t, send(itemPath(item.ID), "X: y"), http.StatusPreconditionRequired)
		wantProblem(t, send(itemPath(item.ID), `If-None-Match: "2"`), http.StatusPreconditionRequired)
		wantProblem(t, send(itemPath(item.ID+1), "X: y"), http.StatusNotFound)
		if resp := send(itemPath(item.ID), `If-Match: "1"`); resp.StatusCode != write.status {
			t.Errorf("%s: %s", write.method, resp.Status)
		}
	}
}

// TestChangeMeanwhile changes or removes an item after a request's preconditions
// were found to hold.
func TestChangeMeanwhile(t *testing.T) {
	for _, write := range writes {
		for _, tt := range []struct {
			header          string
			changed, remove int
		}{
			{"X: y", write.status, 404},
			{`If-Match: *`, write.status, 404},
			{`If-Match: "1", "2"`, write.status, 404},
			{`If-Match: "1"`, 412, 404},
			{`If-None-Match: "2"`, 412, 404},
			{`If-None-Match: "3"`, write.status, 404},
		} {
			t.Run(fmt.Sprint(write.method, " ", tt.header), func(t *testing.T) {
				s := newService(t)
				changed, removed := s.create(t, "one"), s.create(t, "one")
				change := meddled(t, s, func() { s.update(t, changed.ID, items.Draft{Name: "changed"}) })
				resp := change.do(t, write.method, itemPath(changed.ID), write.body, "Content-Type: "+write.mediaType, tt.header)
				if resp.StatusCode != tt.changed {
					t.Errorf("a changed item: %s, want %d", resp.Status, tt.changed)
				}
				remove := meddled(t, s, func() {
					if err := s.store.Delete(t.Context(), removed.ID, items.AnyVersion); err != nil {
						t.Error(err)
					}
				})
				resp = remove.do(t, write.method, itemPath(removed.ID), write.body, "Content-Type: "+write.mediaType, tt.header)
				if resp.StatusCode != tt.remove {
					t.Errorf("a removed item: %s, want %d", resp.Status, tt.remove)
				}
			})
		}
	}
}

// TestOneOfManyWins sends changes of the same version at once.
func TestOneOfManyWins(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	const clients = 32
	statuses := make([]int, clients)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			body := fmt.Sprintf(`{"name":"client %d"}`, i)
			statuses[i] = s.do(t, "PATCH", itemPath(item.ID), body, patchType, `If-Match: "1"`).StatusCode
		})
	}
	wg.Wait()
	count := make(map[int]int)
	for _, status := range statuses {
		count[status]++
	}
	if count[200] != 1 || count[412] != clients-1 {
		t.Errorf("statuses %v, want one 200 and else 412", count)
	}
}

// TestNoPatchIsLost sends patches without a precondition at once.
func TestNoPatchIsLost(t *testing.T) {
	s := newService(t)
	item := s.create(t, "one")
	const clients = 16
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			body := fmt.Sprintf(`{"name":"client %d"}`, i)
			if resp := s.do(t, "PATCH", itemPath(item.ID), body, patchType); resp.StatusCode != http.StatusOK {
				t.Error(resp.Status)
			}
		})
	}
	wg.Wait()
	if got, err := s.store.Get(t.Context(), item.ID); err != nil || got.Version != 1+clients {
		t.Errorf("%+v, %v; want version %d", got, err, 1+clients)
	}
}
