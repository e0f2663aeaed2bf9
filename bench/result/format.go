package result

import (
	"math"
	"strconv"
	"strings"
)

// Format returns a value for people, with three digits that matter.
func (u Unit) Format(v float64) string {
	switch u {
	case PerSecond:
		return rounded(v) + "/s"
	case Seconds:
		return scaled(v, 1, []string{"s", "ms", "us", "ns"})
	case Bytes:
		return scaled(v, 1e9, []string{"GB", "MB", "kB", "B"})
	case Share:
		return rounded(v*100) + " %"
	}
	return rounded(v)
}

// scaled formats in the largest of units that leaves at least 1, each a thousandth of the one before.
func scaled(v, unit float64, names []string) string {
	i := 0
	for ; i < len(names)-1 && math.Abs(v) < unit*0.9995; i++ {
		unit /= 1000
	}
	if v == 0 {
		i = 0
		if names[0] != "s" {
			i = len(names) - 1
		}
	}
	return rounded(v/unit) + " " + names[i]
}

// rounded returns three digits that matter, or all before the point, those in groups of three.
func rounded(v float64) string {
	digits := 0
	for size := math.Abs(v); size < 99.95 && digits < 2; size *= 10 {
		digits++
	}
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if digits > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	whole, rest, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		rest = "." + rest
	}
	return whole + rest
}

// FormatItems returns a number of items for people.
func FormatItems(n int) string {
	if n == 0 {
		return "any"
	}
	return rounded(float64(n))
}
