package wrap

import "strings"

// The content codings that a response can have.
const (
	zstdCoding = "zstd"
	gzipCoding = "gzip"
	identity   = "identity" // none
)

// weights are what an Accept-Encoding header gives codings, in thousandths.
type weights map[string]int

// choose returns the coding that an Accept-Encoding header (RFC 9110, section
// 12.5.3) likes best, and whether it refuses a body without one. Of codings it
// likes alike, zstd comes before gzip and both before identity. Where it refuses
// all three, the coding is identity, which every client can read.
func choose(acceptEncoding []string) (coding string, must bool) {
	w := parseWeights(acceptEncoding)
	// Without an own weight and without a star, identity is welcome, but less than
	// any coding that is named.
	plain, named := w.of(identity)
	coding, best := identity, 0
	if named {
		best = plain
	}
	for _, candidate := range []string{gzipCoding, zstdCoding} {
		if weight, _ := w.of(candidate); weight > 0 && weight >= best {
			coding, best = candidate, weight
		}
	}
	return coding, named && plain == 0 && coding != identity
}

// of returns the weight of a coding. A star stands for those that are not named.
func (w weights) of(coding string) (weight int, named bool) {
	if weight, named = w[coding]; named {
		return weight, true
	}
	weight, named = w["*"]
	return weight, named
}

// parseWeights reads the codings that it can, in lower case, and skips others.
func parseWeights(values []string) weights {
	w := make(weights)
	for _, value := range values {
		for element := range strings.SplitSeq(value, ",") {
			name, params, _ := strings.Cut(element, ";")
			name = strings.ToLower(strings.Trim(name, " \t"))
			if name == "x-gzip" { // RFC 9110, section 8.4.1.3
				name = gzipCoding
			}
			if weight, ok := parseWeight(params); ok && name != "" {
				w[name] = weight
			}
		}
	}
	return w
}

// parseWeight reads the parameter q of a list's element, in thousandths. Without
// one the weight is 1,000.
func parseWeight(params string) (weight int, ok bool) {
	params = strings.Trim(params, " \t")
	if params == "" {
		return 1000, true
	}
	name, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(name, "q") || value == "" || len(value) > len("0.123") {
		return 0, false
	}
	whole, fraction, _ := strings.Cut(value, ".")
	digits := whole + fraction + "000"[min(3, len(fraction)):]
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		weight = 10*weight + int(c-'0')
	}
	return weight, len(whole) == 1 && weight <= 1000
}
