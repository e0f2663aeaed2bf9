package pgstore_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/items/pgstore"
)

// callers is how many goroutines, or clients of pgbench, call at once.
const callers = 64

// filled returns the URL of a database with as many items as given.
func filled(b *testing.B, url string, rows int) string {
	b.Helper()
	exec(b, url, fmt.Sprintf(`
		INSERT INTO items SELECT id, 'Item ' || id, 'ITEM ' || id, repeat('x', 100), now(), now(), 1 FROM generate_series(1, %d) AS id;
		UPDATE items_last SET id = %[1]d`, rows))
	exec(b, url, "VACUUM ANALYZE items")
	return url
}

// BenchmarkStore measures calls of many callers at once with few rows, and but for -short
// with a million.
func BenchmarkStore(b *testing.B) {
	server := start(b)
	for _, rows := range []int{10_000, 1_000_000} {
		if rows > 10_000 && testing.Short() {
			continue
		}
		s := opened(b, filled(b, migrated(b, server), rows), pgstore.Options{})
		for name, call := range benchmarked(b, s, rows) {
			b.Run(fmt.Sprintf("%s/rows=%d", name, rows), func(b *testing.B) {
				b.SetParallelism(callers / runtime.GOMAXPROCS(0))
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						if err := call(); err != nil {
							b.Error(err)
						}
					}
				})
			})
		}
	}
}

func benchmarked(b *testing.B, s *pgstore.Store, rows int) map[string]func() error {
	ctx := b.Context()
	after := func() int64 { return rand.Int64N(int64(rows) - items.MaxExamined + 1) }
	return map[string]func() error{
		"Get":    func() error { _, err := s.Get(ctx, rand.Int64N(int64(rows))+1); return err },
		"List":   func() error { _, err := s.List(ctx, items.Query{After: after(), Limit: 100}); return err },
		"Search": func() error { _, err := s.List(ctx, items.Query{After: after(), Limit: 100, Name: "99"}); return err },
		"Create": func() error { _, err := s.Create(ctx, items.Draft{Name: "x"}); return err },
	}
}

// BenchmarkPgbench compares Create with single INSERTs of PostgreSQL's own benchmark, in
// turn, on one server: run it with -benchtime=3x.
func BenchmarkPgbench(b *testing.B) {
	const rows, seconds = 10_000, 5
	server := start(b)
	url := filled(b, migrated(b, server), rows)
	create := benchmarked(b, opened(b, url, pgstore.Options{}), rows)["Create"]
	// Into a table of its own, whose ids do not meet those of the store.
	exec(b, url, "CREATE SEQUENCE ids; CREATE TABLE inserted (LIKE items INCLUDING ALL)")
	const script = "INSERT INTO inserted VALUES (nextval('ids'), 'x', 'X', '', now(), now(), 1);\n"
	var theirs, ours float64
	for b.Loop() {
		tps, _ := server.Pgbench(url, script, callers, fmt.Sprint("--time=", seconds))
		theirs += tps
		ours += rate(b, create, seconds*time.Second)
	}
	b.ReportMetric(theirs/float64(b.N), "pgbench/s")
	b.ReportMetric(ours/float64(b.N), "calls/s")
	b.ReportMetric(100*ours/theirs, "%ofpgbench")
}

// rate returns how often a second all callers together call.
func rate(b *testing.B, call func() error, during time.Duration) float64 {
	var wg sync.WaitGroup
	var calls atomic.Int64
	begin := time.Now()
	for range callers {
		wg.Go(func() {
			for time.Since(begin) < during {
				if err := call(); err != nil {
					b.Error(err)
					return
				}
				calls.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(calls.Load()) / time.Since(begin).Seconds()
}
