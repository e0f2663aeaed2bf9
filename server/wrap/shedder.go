package wrap

import (
	"net/http"
	"runtime"
	"sync/atomic"

	"example.com/multistage/server/problem"
	"example.com/multistage/server/slots"
)

// Shedder counts the requests in flight and turns away those above a limit, so
// that the rest are served in time. [NewShedder] makes one.
type Shedder struct {
	inFlight *slots.Slots
	limit    int64
	conns    func() int64
	shed     atomic.Int64
}

// NewShedder returns a shedder that lets at most limit requests in at a time, or
// any number where limit is 0. They come over as many connections as conns returns.
func NewShedder(limit int, conns func() int64) *Shedder {
	return &Shedder{inFlight: slots.New(limit), limit: int64(limit), conns: conns}
}

// Wrap answers a request above the limit at once with 503, without a look at its
// body. All handlers that are wrapped share the limit.
//
// A request that is let in lets others go first once, where there may be more than
// the limit. Those that wait for nothing but a processor, such as reads, would
// otherwise wait where they are not counted: each would begin only after another has
// ended.
func (s *Shedder) Wrap(next http.Handler) http.Handler {
	refuse := problem.Fixed(problem.Problem{
		Status: http.StatusServiceUnavailable,
		Detail: "The service has more requests than it can serve. Nothing was changed; try again.",
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.inFlight.Take() {
			s.shed.Add(1)
			problem.Unread(w, r)
			w.Header().Set("Retry-After", "1") // seconds
			refuse(w)
			return
		}
		defer s.inFlight.Leave()
		if s.mayBeCrowded(r) {
			runtime.Gosched()
		}
		next.ServeHTTP(w, r)
	})
}

// mayBeCrowded reports whether more requests than the limit may have come: over
// HTTP/1 a connection has one at a time, over HTTP/2 many.
func (s *Shedder) mayBeCrowded(r *http.Request) bool {
	return s.inFlight.Limited() && (r.ProtoMajor > 1 || s.conns() > s.limit)
}

// InFlight returns how many requests are being served.
func (s *Shedder) InFlight() int64 { return s.inFlight.Taken() }

// Shed returns how many requests were turned away.
func (s *Shedder) Shed() int64 { return s.shed.Load() }
