package process

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
)

// tally is what became of requests that were sent for some time.
type tally struct {
	length time.Duration
	served []time.Duration // how long each request took, from its sending to the end of its answer
	shed   int
}

// goodput returns how many requests were served in a second.
func (t tally) goodput() float64 {
	return float64(len(t.served)) / t.length.Seconds()
}

// p99 returns how many milliseconds 99 of 100 served requests took at most.
func (t tally) p99() float64 {
	slices.Sort(t.served)
	return float64(t.served[len(t.served)*99/100].Microseconds()) / 1000
}

// share returns which part of all requests was shed.
func (t tally) share() float64 {
	return float64(t.shed) / float64(t.shed+len(t.served))
}

// phase has all callers send as fast as they are answered. Those that are shed
// leave the server alone for as long as it asks if they are patient, else they
// try again at once. What is answered after length is not counted.
func phase(b *testing.B, callers []*caller, length time.Duration, patient bool) tally {
	b.Helper()
	end := time.Now().Add(length)
	tallies, errs := make([]tally, len(callers)), make([]error, len(callers))
	var wg sync.WaitGroup
	for i, c := range callers {
		wg.Go(func() { tallies[i], errs[i] = c.call(end, patient) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		b.Fatal(err)
	}
	all := tally{length: length}
	for _, t := range tallies {
		all.served = append(all.served, t.served...)
		all.shed += t.shed
	}
	if len(all.served) == 0 {
		b.Fatal("no request was served")
	}
	return all
}

// call is a caller's part of a phase.
func (c *caller) call(end time.Time, patient bool) (t tally, err error) {
	for {
		begin := time.Now()
		retryAfter, err := c.ask()
		now := time.Now()
		if err != nil || now.After(end) {
			return t, err
		}
		if retryAfter == 0 {
			t.served = append(t.served, now.Sub(begin))
			continue
		}
		t.shed++
		if patient {
			time.Sleep(min(retryAfter, end.Sub(now)))
		}
		if !time.Now().Before(end) {
			return t, nil
		}
	}
}
