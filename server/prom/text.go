// Package prom writes metrics in the text format of Prometheus:
// https://prometheus.io/docs/instrumenting/exposition_formats/
package prom

import (
	"bytes"
	"strconv"
	"strings"
)

// The kinds of a family.
const (
	Counter   = "counter"
	Gauge     = "gauge"
	Summary   = "summary"
	histogram = "histogram"
)

// ContentType is the media type of a [Text].
const ContentType = "text/plain; version=0.0.4; charset=utf-8"

// Text is an exposition in the making. Its zero value is empty.
type Text struct {
	buf bytes.Buffer
}

// Bytes returns what was written.
func (t *Text) Bytes() []byte {
	return t.buf.Bytes()
}

// Family begins a family of samples. The help is one line.
func (t *Text) Family(name, kind, help string) {
	t.buf.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
}

// Sample adds a sample to the family begun last. The labels are those of
// [Labels], or empty.
func (t *Text) Sample(name, labels string, value float64) {
	t.buf.WriteString(name)
	if labels != "" {
		t.buf.WriteString("{" + labels + "}")
	}
	t.buf.WriteString(" " + number(value) + "\n")
}

// Single adds a family of one sample without labels.
func (t *Text) Single(name, kind, help string, value float64) {
	t.Family(name, kind, help)
	t.Sample(name, "", value)
}

// Labels returns pairs of a label's name and value as they stand between the
// braces of a sample.
func Labels(pairs ...string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	parts := make([]string, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+`="`+escape.Replace(pairs[i+1])+`"`)
	}
	return strings.Join(parts, ",")
}

func number(value float64) string {
	return strconv.FormatFloat(value, 'g', -1, 64)
}
