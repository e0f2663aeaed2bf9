// Package report tells a comparison of images: as tables, as a page, as a picture and as a part of the home
// page. All of it depends on the comparison alone.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"example.com/multistage/compare/result"
)

// table is what a group of measures says of each image.
type table struct {
	group
	Images  []string
	Rows    []row
	Remarks []string // what does not fit into a cell
}

// row is what a measure says of each image.
type row struct {
	measure
	Cells []string
}

// tables returns those of the groups that anything is known of.
func tables(c *result.Comparison) (all []table) {
	for _, g := range groups(c) {
		t := table{group: g}
		for _, image := range c.Images {
			t.Images = append(t.Images, image.Name)
		}
		for _, m := range g.measures {
			if r := (row{m, cells(c.Images, m)}); slices.ContainsFunc(r.Cells, func(s string) bool { return s != none }) {
				t.Rows = append(t.Rows, r)
			}
		}
		if len(t.Rows) > 0 {
			t.Remarks = g.remarks(c)
			all = append(all, t)
		}
	}
	return all
}

// none stands where an image has no value.
const none = "-"

func cells(images []result.Image, m measure) (cells []string) {
	for _, image := range images {
		cells = append(cells, orNone(m.cell(image)))
	}
	return cells
}

func orNone(text string) string {
	if text == "" {
		return none
	}
	return text
}

// Text writes the tables for a terminal.
func Text(w io.Writer, c *result.Comparison) error {
	for _, t := range tables(c) {
		if err := t.writeText(w); err != nil {
			return err
		}
	}
	for _, image := range c.Images {
		for _, note := range image.Notes {
			fmt.Fprintf(w, "\n%s: %s\n", image.Name, note)
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n", machine(c))
	return err
}

func (t table) writeText(w io.Writer) error {
	fmt.Fprintf(w, "\n%s\n", t.Title)
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(columns, "\t  %s\n", strings.Join(t.Images, "\t"))
	for _, r := range t.Rows {
		fmt.Fprintf(columns, "  %s\t  %s\n", r.Name, strings.Join(r.Cells, "\t"))
	}
	if err := columns.Flush(); err != nil {
		return err
	}
	for _, remark := range t.Remarks {
		fmt.Fprintf(w, "  %s\n", remark)
	}
	return nil
}

// Markdown returns the table alone.
func (t table) Markdown() string {
	rows := [][]string{append([]string{""}, t.Images...)}
	for _, r := range t.Rows {
		rows = append(rows, append([]string{r.Name}, r.Cells...))
	}
	return markdown(rows)
}

// markdown returns a table of rows, the first of which is its head.
func markdown(rows [][]string) string {
	var b strings.Builder
	for i, cells := range rows {
		for j := range cells {
			cells[j] = plain(cells[j])
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
		if i == 0 {
			fmt.Fprintf(&b, "|%s\n", strings.Repeat(" --- |", len(cells)))
		}
	}
	return b.String()
}

// plain returns a text of elsewhere that breaks neither a table nor the page.
func plain(text string) string {
	text = strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}
