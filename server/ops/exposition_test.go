package ops

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// exposition is the text format of Prometheus, read more strictly than
// Prometheus does: each family has its type and help once, above its samples,
// and no sample comes twice.
type exposition struct {
	types   map[string]string  // by the name of the family
	helps   map[string]string  // by the name of the family
	samples map[string]float64 // by name and labels as written
}

var (
	metadataLine = regexp.MustCompile(`^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*)(?: (.*))?$`)
	sampleLine   = regexp.MustCompile(`^(([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?) (\S+)$`)
	labelPair    = regexp.MustCompile(`^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(, ?|$)`)
)

func parse(t *testing.T, text string) exposition {
	t.Helper()
	e := exposition{make(map[string]string), make(map[string]string), make(map[string]float64)}
	if !strings.HasSuffix(text, "\n") {
		t.Error("the last line does not end")
	}
	for line := range strings.Lines(text) {
		if err := e.add(strings.TrimSuffix(line, "\n")); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
	return e
}

func (e exposition) add(line string) error {
	if m := metadataLine.FindStringSubmatch(line); m != nil {
		of := e.helps
		if m[1] == "TYPE" {
			of = e.types
		}
		if _, twice := of[m[2]]; twice {
			return fmt.Errorf("a second %s", m[1])
		}
		of[m[2]] = m[3]
		return nil
	}
	m := sampleLine.FindStringSubmatch(line)
	if m == nil {
		return fmt.Errorf("neither metadata nor a sample")
	}
	for rest := m[3]; rest != ""; {
		pair := labelPair.FindStringSubmatch(rest)
		if pair == nil {
			return fmt.Errorf("no labels: %s", rest)
		}
		rest = rest[len(pair[0]):]
	}
	value, err := strconv.ParseFloat(m[4], 64)
	if err != nil {
		return err
	}
	if _, twice := e.samples[m[1]]; twice {
		return fmt.Errorf("a second sample")
	}
	e.samples[m[1]] = value
	if e.family(m[2]) == "" {
		return fmt.Errorf("no type above it")
	}
	return nil
}

// family returns the family of a sample's name, or "" where it has no type.
func (e exposition) family(name string) string {
	if e.types[name] != "" {
		return name
	}
	for suffix, types := range map[string]string{"_bucket": "histogram", "_sum": "histogram summary", "_count": "histogram summary"} {
		family, ok := strings.CutSuffix(name, suffix)
		if kind := e.types[family]; ok && kind != "" && strings.Contains(types, kind) {
			return family
		}
	}
	return ""
}

// want checks samples.
func (e exposition) want(t *testing.T, samples map[string]float64) {
	t.Helper()
	for name, want := range samples {
		if got, ok := e.samples[name]; !ok || got != want {
			t.Errorf("%s: %v, %t; want %v", name, got, ok, want)
		}
	}
}
