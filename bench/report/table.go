// Package report tells results: as tables, as Markdown and as a picture.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// table is a table with a title.
type table struct {
	title  string
	header []string
	rows   [][]string
}

// writeText writes the table for a terminal.
func (t table) writeText(w io.Writer) error {
	fmt.Fprintf(w, "\n%s\n", t.title)
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.header}, t.rows...) {
		fmt.Fprintf(columns, "  %s\n", strings.Join(row, "\t"))
	}
	return columns.Flush()
}

// Markdown returns the table without its title.
func (t table) Markdown() string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.header)
	line(slices.Repeat([]string{"---"}, len(t.header)))
	for _, row := range t.rows {
		line(row)
	}
	return b.String()
}

// Title returns what the table is about.
func (t table) Title() string {
	return t.title
}
