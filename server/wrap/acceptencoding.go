package wrap

import "example.com/multistage/server/accept"

// The content codings that a response can have.
const (
	gzipCoding = "gzip"
	identity   = "identity" // none
)

// choose returns the coding that an Accept-Encoding header (RFC 9110, section
// 12.5.3) likes best, and whether it refuses a body without one. Where it likes both
// alike, gzip comes before identity. Where it refuses both, the coding is identity,
// which every client can read.
func choose(acceptEncoding []string) (coding string, must bool) {
	const unnamed = -1.0
	gzip, plain, rest := unnamed, unnamed, unnamed
	for name, weight := range accept.Weights(acceptEncoding) {
		switch name {
		case gzipCoding, "x-gzip": // RFC 9110, section 8.4.1.3
			gzip = weight
		case identity:
			plain = weight
		case "*":
			rest = weight
		}
	}
	for _, weight := range []*float64{&gzip, &plain} {
		if *weight == unnamed { // a star stands for it
			*weight = rest
		}
	}
	// Without an own weight and without a star, identity is welcome, but less than gzip
	// that is named.
	if gzip <= 0 || gzip < plain {
		return identity, false
	}
	return gzipCoding, plain == 0
}
