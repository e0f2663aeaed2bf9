package report

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/multistage/compare/result"
)

// format returns a value for people, with three digits that matter.
type format func(float64) string

// asBytes formats bytes in units of a thousand, as registries and disks count.
func asBytes(v float64) string {
	return scaled(v, "B", "kB", "MB", "GB")
}

func asSeconds(v float64) string {
	if v == 0 || v >= 1 {
		return number(v) + " s"
	}
	return scaled(v*1e6, "µs", "ms", "s")
}

func asRatio(v float64) string { return number(v) + " x" }

// scaled formats in the first of units that leaves less than a thousand, each a thousand of the one before.
func scaled(v float64, units ...string) string {
	i := 0
	for ; i < len(units)-1 && v >= 999.5; i++ {
		v /= 1000
	}
	return number(v) + " " + units[i]
}

// number formats with three digits that matter, or all before the point, those in groups of three.
func number(v float64) string {
	digits := 2
	for size := v; size >= 9.995 && digits > 0; size /= 10 {
		digits--
	}
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if digits > 0 {
		return strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func count(n int) string { return number(float64(n)) }

// sampled returns the median, the least, the most and the number of samples, empty where there are none.
func sampled(s result.Summary, as format) string {
	switch s.Samples {
	case 0:
		return ""
	case 1:
		return as(s.Median) + " (1 sample)"
	}
	return fmt.Sprintf("%s (%s to %s, %d)", as(s.Median), as(s.Min), as(s.Max), s.Samples)
}

// quantity returns a number and what it counts, which gets an s unless it is one.
func quantity(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return count(n) + " " + what + "s"
}

// paths returns how many files, directories and links there are.
func paths(n int) string { return count(n) + " files and folders" }

// list joins words as a sentence does.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// code quotes names for a page.
func code(names ...string) string {
	var quoted []string
	for _, name := range names {
		quoted = append(quoted, "`"+name+"`")
	}
	return list(quoted)
}

func trim(text string) string { return strings.TrimSpace(text) }

// verb returns the form of a verb that goes with names.
func verb(names []string, one, many string) string {
	if len(names) == 1 {
		return one
	}
	return many
}
