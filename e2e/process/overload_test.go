package process

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// rounds is how often the load is changed between what saturates the server and
// four times that. Medians of them are reported.
const rounds = 3

// overload is a load, and how the server and its clients meet it.
type overload struct {
	name string
	// limit is the server's -max-in-flight; as many clients as that saturate it.
	limit int
	// unlimited has the server serve without the limit, for contrast.
	unlimited bool
	// patient has clients that were shed wait as Retry-After asks.
	patient bool
	// length is how long a phase of four times the load takes: some times
	// Retry-After where clients heed it.
	length time.Duration
}

// BenchmarkOverload measures what load shedding keeps of the throughput and of the
// latency of what is served, at four times as many clients as the limit of requests
// in flight. Each client sends its next request when the last is answered. Meanwhile
// the server must say that it is ready. It takes most of a minute; run it with
// -benchtime=1x.
func BenchmarkOverload(b *testing.B) {
	const create = "POST /api/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 54\r\n\r\n" +
		`{"name":"under load","description":"one of very many"}`
	for _, operation := range []struct {
		name    string
		request string
		want    int
		limit   int
	}{
		{"create", create, http.StatusCreated, 64},
		{"get", "GET /api/items/1 HTTP/1.1\r\nHost: x\r\n\r\n", http.StatusOK, 64},
	} {
		b.Run(operation.name, func(b *testing.B) {
			for _, o := range []overload{
				{name: "wait", limit: operation.limit, patient: true, length: 2250 * time.Millisecond},
				{name: "at-once", limit: operation.limit, length: 500 * time.Millisecond},
				{name: "unlimited", limit: operation.limit, unlimited: true, length: 500 * time.Millisecond},
			} {
				b.Run(o.name, func(b *testing.B) {
					for b.Loop() {
						o.run(b, operation.request, operation.want)
					}
				})
			}
		})
	}
}

func (o overload) run(b *testing.B, request string, want int) {
	b.Helper()
	setting := fmt.Sprintf("ITEMS_MAX_IN_FLIGHT=%d", o.limit)
	if o.unlimited {
		setting = "ITEMS_MAX_IN_FLIGHT=0"
	}
	p := start(b, append(environment(b.TempDir()), setting))
	create(b, p)
	var callers []*caller
	for range 4 * o.limit {
		callers = append(callers, dial(b, p, request, want))
	}
	phase(b, callers[:o.limit], 500*time.Millisecond, o.patient) // warms up
	var once, fourfold []tally
	for range rounds {
		once = append(once, phase(b, callers[:o.limit], time.Second, o.patient))
		ready := pollReady(b, p)
		fourfold = append(fourfold, phase(b, callers, o.length, o.patient))
		ready()
	}
	report(b, once, fourfold)
}

// report reports medians of the phases.
func report(b *testing.B, once, fourfold []tally) {
	b.Helper()
	goodput, p99 := median(once, tally.goodput), median(once, tally.p99)
	goodput4, p994 := median(fourfold, tally.goodput), median(fourfold, tally.p99)
	b.ReportMetric(0, "ns/op") // which is but the length of the phases
	b.ReportMetric(goodput, "goodput-1x/s")
	b.ReportMetric(goodput4, "goodput-4x/s")
	b.ReportMetric(goodput4/goodput, "goodput-ratio")
	b.ReportMetric(p99, "p99-1x-ms")
	b.ReportMetric(p994, "p99-4x-ms")
	b.ReportMetric(p994/p99, "p99-ratio")
	b.ReportMetric(median(once, tally.share), "shed-1x")
	b.ReportMetric(median(fourfold, tally.share), "shed-4x")
}

func median(phases []tally, figure func(tally) float64) float64 {
	var figures []float64
	for _, t := range phases {
		figures = append(figures, figure(t))
	}
	slices.Sort(figures)
	return figures[len(figures)/2]
}

// pollReady asks whether the server is ready until the returned function is called,
// which fails the benchmark where it once was not.
func pollReady(b *testing.B, p *process) func() {
	b.Helper()
	c := dial(b, p, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n", http.StatusOK)
	done, result := make(chan struct{}), make(chan error)
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			retryAfter, err := c.ask()
			if retryAfter > 0 {
				err = fmt.Errorf("not ready under load")
			}
			if err != nil {
				<-done
				result <- err
				return
			}
			select {
			case <-tick.C:
			case <-done:
				result <- nil
				return
			}
		}
	}()
	return func() {
		b.Helper()
		close(done)
		if err := <-result; err != nil {
			b.Error(err)
		}
	}
}
