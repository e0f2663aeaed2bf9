package report

import (
	"fmt"
	"io"

	"example.com/multistage/bench/bounds"
	"example.com/multistage/bench/result"
)

// service is the name of the one that the others are compared with.
const service = "items"

// column is what a table says of each service.
type column struct {
	title, measure string
}

// columns returns those of a work, the one that is compared first.
func columns(work string) []column {
	switch work {
	case "start":
		return []column{{"start", "ready"}}
	case "idle":
		return []column{{"memory", "rss"}, {"anonymous", "anonymous"}, {"mapped", "mapped"}, {"wakeups", "wakeups"}}
	}
	return []column{
		{"requests", "rate"}, {"p50", "p50"}, {"p99", "p99"}, {"p99.9", "p999"}, {"CPU", "cpu"}, {"flushes", "flushes"},
		{"written", "written"}, {"anonymous", "anonymous"}, {"mapped", "mapped"},
	}
}

// workTables returns a table for each work and each number of items.
func workTables(r *result.Results) (tables []table) {
	for _, work := range r.Works {
		for _, n := range r.Settings.Items {
			if t := workTable(r, work.Name, n); len(t.rows) > 0 {
				tables = append(tables, t)
			}
		}
	}
	return append(tables, sizeTable(r))
}

func workTable(r *result.Results, work string, items int) table {
	t := table{title: fmt.Sprintf("%s, %s items", work, result.FormatItems(items)), header: []string{"service"}}
	for i, c := range columns(work) {
		t.header = append(t.header, c.title)
		if i == 0 {
			t.header = append(t.header, "least to most", "of "+service)
		}
	}
	for _, peer := range r.Peers {
		m := result.Metric{Peer: peer.Name, Work: work, Items: items}
		if row := workRow(r, m); row != nil {
			t.rows = append(t.rows, row)
		}
	}
	return t
}

// workRow returns a row, nothing for a service that was not measured.
func workRow(r *result.Results, m result.Metric) []string {
	row := []string{m.Peer}
	for i, c := range columns(m.Work) {
		m.Measure = c.measure
		s := result.Summarize(r.Values(m))
		unit, _ := result.UnitOf(c.measure)
		if i > 0 {
			row = append(row, cell(unit, s))
			continue
		}
		if s.Rounds == 0 {
			return nil
		}
		row = append(row, faults(unit.Format(s.Median), r.Faulty(m)), spread(unit, s), ofService(r, m))
	}
	return row
}

// cell returns a median, and a dash where it can't be had.
func cell(unit result.Unit, s result.Summary) string {
	if s.Rounds == 0 {
		return "-"
	}
	return unit.Format(s.Median)
}

func spread(unit result.Unit, s result.Summary) string {
	return unit.Format(s.Min) + " to " + unit.Format(s.Max)
}

// faults adds to a value that requests failed.
func faults(value string, n int) string {
	if n == 0 {
		return value
	}
	return fmt.Sprintf("%s, %s failed", value, result.Number.Format(float64(n)))
}

// ofService returns how many times the service's value this one is, round by round.
func ofService(r *result.Results, m result.Metric) string {
	of := m
	of.Peer = service
	ratio := func(value, of float64) float64 { return value / of }
	s := result.Summarize(result.InRounds(r.Values(m), r.Values(of), ratio))
	if s.Rounds == 0 {
		return "-"
	}
	return result.Number.Format(s.Median) + " x"
}

// sizeTable returns what programs and data occupy.
func sizeTable(r *result.Results) table {
	t := table{title: "sizes", header: []string{"service", "program"}}
	for _, n := range r.Settings.Items {
		t.header = append(t.header, fmt.Sprintf("for each of %s items", result.FormatItems(n)))
	}
	for _, peer := range r.Peers {
		size := result.Summarize(r.Values(result.Metric{Peer: peer.Name, Work: "size", Measure: "binary"}))
		if size.Rounds == 0 {
			continue // a variant
		}
		row := []string{peer.Name, cell(result.Bytes, size)}
		for _, n := range r.Settings.Items {
			stored := result.Summarize(r.Values(result.Metric{Peer: peer.Name, Work: "data", Measure: "stored", Items: n}))
			row = append(row, cell(result.Bytes, stored))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// boundTable returns what was compared with the bounds.
func boundTable(verdicts []bounds.Verdict) table {
	t := table{title: "what the service must reach", header: []string{"", "what", "measured", "least to most", "bound", "metric"}}
	for _, v := range verdicts {
		row := []string{v.String(), v.About, "-", "-", v.Limit(), v.Metric()}
		if v.Value.Rounds > 0 {
			row[2] = faults(v.Format(v.Value.Median), v.Faulty)
			row[3] = v.Format(v.Value.Min) + " to " + v.Format(v.Value.Max)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// disturbed says how much of the machine others used.
func disturbed(r *result.Results) string {
	s := result.Summarize(r.All("others"))
	return fmt.Sprintf("others used %s of the processors in the median measurement, and %s at most",
		cell(result.Share, s), result.Share.Format(s.Max))
}

// disk says what the disk does alone.
func disk(r *result.Results) string {
	rate := result.Summarize(r.Values(result.Metric{Peer: "disk", Work: "flush", Measure: "rate"}))
	flushes := result.Summarize(r.Values(result.Metric{Peer: "disk", Work: "flush", Measure: "flushes"}))
	return fmt.Sprintf("the disk alone appends and flushes (fdatasync) 4 KiB %s, flushes of its cache for each: %s",
		cell(result.PerSecond, rate), cell(result.Number, flushes))
}

// Text writes all that was measured for a terminal.
func Text(w io.Writer, r *result.Results) error {
	for _, t := range workTables(r) {
		if err := t.writeText(w); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n%s\n", disk(r), disturbed(r))
	return err
}

// Verdicts writes what was compared with the bounds for a terminal.
func Verdicts(w io.Writer, verdicts []bounds.Verdict) error {
	return boundTable(verdicts).writeText(w)
}
