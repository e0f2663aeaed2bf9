package copier

import (
	"fmt"
	"testing"
	"time"

	"example.com/multistage/items"
)

// million is how many items BenchmarkCopy copies.
const million = 1_000_000

// BenchmarkCopy copies a million items from each engine to each, and verifies them: run
// it with -benchtime=1x.
func BenchmarkCopy(b *testing.B) {
	server := startDatabase(b)
	file, database := fillMillion(b, newStore(b)), fillMillion(b, newDatabase(b, server))
	for _, pair := range []struct {
		name string
		from Source
		to   func(testing.TB) store
	}{
		{"file to file", file, func(b testing.TB) store { return newStore(b) }},
		{"file to database", file, func(b testing.TB) store { return newDatabase(b, server) }},
		{"database to file", database, func(b testing.TB) store { return newStore(b) }},
		{"database to database", database, func(b testing.TB) store { return newDatabase(b, server) }},
	} {
		b.Run(pair.name, func(b *testing.B) {
			for b.Loop() {
				var began, copied time.Time
				began = time.Now()
				to := pair.to(b)
				_, err := Copy(b.Context(), pair.from, to, Options{Progress: func(p Progress) {
					if p.Phase == Copying {
						copied = time.Now()
					}
				}})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(copied.Sub(began).Seconds(), "s-copying")
				b.ReportMetric(time.Since(copied).Seconds(), "s-verifying")
			}
		})
	}
}

func fillMillion(b *testing.B, s store) store {
	b.Helper()
	page := make([]items.Item, pageLimit)
	for first := 1; first <= million; first += len(page) {
		for i := range page {
			id := int64(first + i)
			draft := items.Draft{Name: fmt.Sprint("item ", id), Description: "one of a million, with a text that is as long as most"}
			page[i] = items.New(id, draft, time.UnixMicro(1e15+id))
		}
		put(b, s, page...)
	}
	return s
}
