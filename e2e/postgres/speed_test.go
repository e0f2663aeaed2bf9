package postgres

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"example.com/multistage/e2e/process"
	"example.com/multistage/items/pgstore/pgtest"
)

// How speed is measured: rivals in turn, so often, each for so long, with so many
// connections; medians count.
const (
	speedRounds = 5
	speedLength = 3 * time.Second
	speedConns  = 64
	// speedStoreConns is the service's -store-max-conns. Few suffice on two processors.
	speedStoreConns = 8
	// A warm-up has so many rounds at most, and ends at so few faults for each answer.
	warmRounds = 15
	warmFaults = 0.01
)

// fewRows and manyRows are how many items a database has.
const (
	fewRows  = 10_000
	manyRows = 1_000_000
)

// speed is what a rival did in one round.
type speed struct {
	rate                         float64 // answers in a second
	database, service, generator float64 // microseconds of the processors for each answer
	faults                       float64 // of pages that processes of the database met for the first time, for each answer
}

// rival is one way to ask a database.
type rival struct {
	name string
	run  func() speed
}

// measure lets the rivals run in turn, and returns what each did in each round.
func measure(rivals ...rival) [][]speed {
	rounds := make([][]speed, len(rivals))
	for range speedRounds {
		for i, r := range rivals {
			rounds[i] = append(rounds[i], r.run())
		}
	}
	return rounds
}

// report reports medians: what each rival did, and the second one's rate as a share of
// the first one's in the same round.
func report(b *testing.B, rivals []rival, rounds [][]speed) {
	b.Helper()
	b.ReportMetric(0, "ns/op") // which is but the length of the rounds
	for i, r := range rivals {
		figure := func(of func(speed) float64) float64 { return median(rounds[i], of) }
		b.ReportMetric(figure(func(s speed) float64 { return s.rate }), r.name+"/s")
		b.Logf("%-10s %8.0f/s, processors for each: database %5.1f us, service %5.1f us, generator %5.1f us; faults %.3f", r.name,
			figure(func(s speed) float64 { return s.rate }), figure(func(s speed) float64 { return s.database }),
			figure(func(s speed) float64 { return s.service }), figure(func(s speed) float64 { return s.generator }),
			figure(func(s speed) float64 { return s.faults }))
	}
	var ratios []float64
	for i, s := range rounds[1] {
		ratios = append(ratios, s.rate/rounds[0][i].rate)
	}
	slices.Sort(ratios)
	b.Logf("%s of %s: %.2f (%.2f to %.2f)", rivals[1].name, rivals[0].name, ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
}

func median(rounds []speed, of func(speed) float64) float64 {
	var figures []float64
	for _, s := range rounds {
		figures = append(figures, of(s))
	}
	slices.Sort(figures)
	return figures[len(figures)/2]
}

// byService asks the service on the node, as one that has run for some time.
func byService(b *testing.B, name string, n *pgtest.Server, server process.Server, status string, request func([]byte, *rand.Rand) []byte) rival {
	b.Helper()
	g := newGenerator(b, server.URL(), speedConns, status, request)
	ask := func() speed {
		database, service, generator, met := cpu(b, n.PID()), cpu(b, server.PID()), ownCPU(b), faults(b, n.PID())
		answered := g.run(b, speedLength)
		database, service, generator = cpu(b, n.PID())-database, cpu(b, server.PID())-service, ownCPU(b)-generator
		met = faults(b, n.PID()) - met
		per := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(answered) }
		return speed{float64(answered) / speedLength.Seconds(), per(database), per(service), per(generator), float64(met) / float64(answered)}
	}
	warmUp(b, name, ask)
	return rival{name, ask}
}

// warmUp asks until the connections to the database have met its pages: each is a process
// of its own, which takes a fault for each piece of the shared memory that it has not touched
// before. So a service that has just started is slower, the more so the larger the table.
func warmUp(b *testing.B, name string, ask func() speed) {
	b.Helper()
	for round := range warmRounds {
		s := ask()
		b.Logf("%s, warm-up %d: %.0f/s, database %.1f us, %.3f faults each", name, round+1, s.rate, s.database, s.faults)
		if s.faults < warmFaults {
			return
		}
	}
}

// byPgbench asks the node alone, with so many transactions of each client. The time to
// connect counts on the processors, but not in the rate.
func byPgbench(b *testing.B, n *pgtest.Server, script string, transactions int) rival {
	return rival{"pgbench", func() speed {
		database := cpu(b, n.PID())
		rate, own := n.Pgbench(n.Conninfo(), script, speedConns, fmt.Sprint("--transactions=", transactions))
		database = cpu(b, n.PID()) - database
		per := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(speedConns*transactions) }
		return speed{rate, per(database), 0, per(own), 0}
	}}
}

// speedNode returns a node whose memory holds the tables that are measured.
func speedNode(b *testing.B) *pgtest.Server {
	b.Helper()
	n := pgtest.New(b)
	n.Primary()
	n.Set("shared_buffers", "1GB")
	n.Stop()
	n.Start()
	return n
}

// BenchmarkAgainstPgbench measures what is left of a PostgreSQL server's speed when the
// service is between. All share the machine: what the service and the generators of load take,
// PostgreSQL has not. Run it with -benchtime=1x.
func BenchmarkAgainstPgbench(b *testing.B) {
	n := speedNode(b)
	server := serveRows(b, n, "postgres", fewRows)
	b.Run("get", func(b *testing.B) {
		rivals := []rival{
			byPgbench(b, n, fmt.Sprintf("\\set id random(1, %d)\n%s", fewRows, selectOne), 500),
			byService(b, "service", n, server, "200", getOne(fewRows)),
		}
		for b.Loop() {
			report(b, rivals, measure(rivals...))
		}
	})
	b.Run("post", func(b *testing.B) {
		rivals := []rival{
			byPgbench(b, n, insertOne, 100),
			byService(b, "service", n, server, "201", postOne),
		}
		for b.Loop() {
			report(b, rivals, measure(rivals...))
		}
	})
}

// BenchmarkRows measures what a hundred times as many rows cost. Run it with
// -benchtime=1x.
func BenchmarkRows(b *testing.B) {
	n := speedNode(b)
	n.Query("CREATE DATABASE many")
	few, many := serveRows(b, n, "postgres", fewRows), serveRows(b, n, "many", manyRows)
	for _, work := range []struct {
		name    string
		request func(rows int) func([]byte, *rand.Rand) []byte
	}{
		{"get", getOne},
		{"list", listPage},
		{"search", searchPage},
	} {
		b.Run(work.name, func(b *testing.B) {
			rivals := []rival{
				byService(b, "few", n, few, "200", work.request(fewRows)),
				byService(b, "many", n, many, "200", work.request(manyRows)),
			}
			for b.Loop() {
				report(b, rivals, measure(rivals...))
			}
		})
	}
}
