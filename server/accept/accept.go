// Package accept reads how much clients like each form of a response.
package accept

import (
	"iter"
	"strconv"
	"strings"
)

// Weights returns the elements of Accept, Accept-Encoding and the like, in lower
// case and without their parameters, each with its weight from 0 to 1 (RFC 9110,
// section 12.4.2). Elements whose weight can't be read are left out.
func Weights(lines []string) iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		for _, line := range lines {
			for line != "" {
				var element string
				element, line = cut(line, ',')
				name, params := cut(element, ';')
				name = strings.ToLower(strings.Trim(name, " \t"))
				if weight, ok := weightOf(params); ok && name != "" && !yield(name, weight) {
					return
				}
			}
		}
	}
}

// cut returns what is before and after the first sep that is in no quoted string.
func cut(s string, sep byte) (before, after string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == sep && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// weightOf returns the parameter q of an element. Without one the weight is 1.
func weightOf(params string) (weight float64, ok bool) {
	weight, ok = 1, true
	for params != "" && ok {
		var param string
		param, params = cut(params, ';')
		name, value, _ := strings.Cut(strings.Trim(param, " \t"), "=")
		if strings.EqualFold(name, "q") {
			weight, ok = parseWeight(value)
		}
	}
	return weight, ok
}

// parseWeight reads a number from 0 to 1 with at most three decimals.
func parseWeight(s string) (weight float64, ok bool) {
	if len(s) > len("0.000") || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	weight, err := strconv.ParseFloat(s, 64)
	return weight, err == nil && weight <= 1
}
