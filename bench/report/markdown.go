package report

import (
	_ "embed"
	"strings"
	"text/template"

	"example.com/multistage/bench/bounds"
	"example.com/multistage/bench/result"
)

//go:embed performance.md.tmpl
var page string

// Markdown returns the page about results. It depends on nothing else than its arguments.
func Markdown(r *result.Results, verdicts []bounds.Verdict) (string, error) {
	functions := template.FuncMap{
		"items":   result.FormatItems,
		"bytes":   func(n int64) string { return result.Bytes.Format(float64(n)) },
		"seconds": result.Seconds.Format,
	}
	t, err := template.New("page").Funcs(functions).Parse(page)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, struct {
		*result.Results
		Bounds    string
		Tables    []table
		Measures  []result.Measure
		Disk      string
		Disturbed string
	}{r, boundTable(verdicts).Markdown(), workTables(r), result.Measures(), disk(r), disturbed(r)})
	return b.String(), err
}
