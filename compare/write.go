package main

import (
	"fmt"
	"io"

	"example.com/multistage/compare/report"
	"example.com/multistage/compare/result"
)

// formats returns the ways to write a comparison.
func formats() []string { return []string{"table", "markdown", "json", "svg"} }

// write writes a comparison in one of the formats.
func write(w io.Writer, format string, c *result.Comparison) error {
	switch format {
	case "table":
		return report.Text(w, c)
	case "markdown":
		page, err := report.Markdown(c)
		return writeText(w, page, err)
	case "json":
		content, err := c.JSON()
		return writeText(w, string(content), err)
	case "svg":
		return writeText(w, report.SVG(c), nil)
	}
	return fmt.Errorf("there is no format %q", format)
}

// writeText writes a text that could be made.
func writeText(w io.Writer, text string, err error) error {
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}
