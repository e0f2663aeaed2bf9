package main

import (
	"fmt"
	"io"
	"os"

	"example.com/multistage/bench/report"
	"example.com/multistage/bench/result"
)

// write writes results to out, and the page and the picture of them.
func write(out string, r *result.Results, stderr io.Writer) error {
	text, err := r.JSON()
	if err != nil {
		return err
	}
	if err := writeFile(out+".json", text, stderr); err != nil {
		return err
	}
	return remake(out, stderr)
}

// remake makes the page and the picture of results that were written to out before.
func remake(out string, stderr io.Writer) error {
	r, err := read(out)
	if err != nil {
		return err
	}
	page, err := page(r)
	if err != nil {
		return err
	}
	if err := writeFile(out+".md", page, stderr); err != nil {
		return err
	}
	return writeFile(out+".svg", []byte(report.SVG(r)), stderr)
}

// page returns the page about results.
func page(r *result.Results) ([]byte, error) {
	verdicts, err := verdicts(boundsText, r)
	if err != nil {
		return nil, err
	}
	text, err := report.Markdown(r, verdicts)
	return []byte(text), err
}

func writeFile(path string, text []byte, stderr io.Writer) error {
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return err
	}
	fmt.Fprintln(stderr, "wrote", path)
	return nil
}
