package wrap

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
)

// untouched is the body of a request that nobody may read.
type untouched struct{}

func (untouched) Read([]byte) (int, error) { panic("the body is read") }

// TestShedder fills a limit, is turned away, and gets in when there is room.
func TestShedder(t *testing.T) {
	for _, limit := range []int{0, 1, 3} {
		s := NewShedder(limit, func() int64 { return 0 })
		entered, leave := make(chan bool), make(chan bool)
		h := s.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			entered <- true
			<-leave
		}))
		ask := func() *http.Response {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "POST", "/", untouched{}))
			return rec.Result()
		}
		var wg sync.WaitGroup
		enter := func(n int) {
			for range n {
				wg.Go(func() { ask() })
				<-entered
			}
		}
		full := cmp.Or(limit, 5) // without a limit, some
		enter(full)
		for range 2 {
			if limit == 0 {
				break
			}
			resp := ask()
			var p struct{ Status int }
			err := json.NewDecoder(resp.Body).Decode(&p)
			if resp.StatusCode != 503 || resp.Header.Get("Retry-After") != "1" || p.Status != 503 || err != nil {
				t.Errorf("limit %d: above it %s %v, %+v, %v", limit, resp.Status, resp.Header, p, err)
			}
		}
		if s.InFlight() != int64(full) || (s.Shed() == 2) != (limit > 0) {
			t.Errorf("limit %d: %d in flight, want %d; %d shed", limit, s.InFlight(), full, s.Shed())
		}
		leave <- true
		for s.InFlight() == int64(full) { // until that one has left
			runtime.Gosched()
		}
		enter(1)
		for range full {
			leave <- true
		}
		wg.Wait()
		if s.InFlight() != 0 {
			t.Errorf("limit %d: %d in flight at the end", limit, s.InFlight())
		}
	}
}

func TestShedderCountsAPanicOut(t *testing.T) {
	s := NewShedder(1, func() int64 { return 1 })
	h := s.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("on purpose") }))
	for range 2 {
		func() {
			defer func() { recover() }() // as net/http does
			serve(t, h)
		}()
	}
	if s.InFlight() != 0 || s.Shed() != 0 {
		t.Errorf("%d in flight, %d shed", s.InFlight(), s.Shed())
	}
}

// TestShedderCountsWhatWaitsForAProcessor holds that requests which never wait
// within their handler are shed all the same when many come at once. Those that
// can't be more than the limit do not let others go first, which costs time.
func TestShedderCountsWhatWaitsForAProcessor(t *testing.T) {
	processors := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(processors)
	for _, tt := range []struct {
		conns int64
		proto int
		shed  bool
	}{{16, 1, true}, {1, 2, true}, {1, 1, false}} {
		s := NewShedder(1, func() int64 { return tt.conns })
		h := s.Wrap(answer(200, "x"))
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
				r.ProtoMajor = tt.proto
				h.ServeHTTP(httptest.NewRecorder(), r)
			})
		}
		wg.Wait()
		if (s.Shed() > 0) != tt.shed {
			t.Errorf("of 16 requests over %d connections of HTTP/%d %d were shed", tt.conns, tt.proto, s.Shed())
		}
	}
}
