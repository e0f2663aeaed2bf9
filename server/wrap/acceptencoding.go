package wrap

import "example.com/multistage/server/accept"

// The content codings that a response can have.
const (
	zstdCoding = "zstd"
	gzipCoding = "gzip"
	identity   = "identity" // none
)

// choose returns the coding that an Accept-Encoding header (RFC 9110, section
// 12.5.3) likes best, and whether it refuses a body without one. Of codings it
// likes alike, zstd comes before gzip and both before identity. Where it refuses
// all three, the coding is identity, which every client can read.
func choose(acceptEncoding []string) (coding string, must bool) {
	const unnamed = -1.0
	gzip, zstd, plain, rest := unnamed, unnamed, unnamed, unnamed
	for name, weight := range accept.Weights(acceptEncoding) {
		switch name {
		case gzipCoding, "x-gzip": // RFC 9110, section 8.4.1.3
			gzip = weight
		case zstdCoding:
			zstd = weight
		case identity:
			plain = weight
		case "*":
			rest = weight
		}
	}
	for _, weight := range []*float64{&gzip, &zstd, &plain} {
		if *weight == unnamed { // a star stands for it
			*weight = rest
		}
	}
	// Without an own weight and without a star, identity is welcome, but less than
	// any coding that is named.
	coding, best := identity, max(plain, 0)
	if gzip > 0 && gzip >= best {
		coding, best = gzipCoding, gzip
	}
	if zstd > 0 && zstd >= best {
		coding = zstdCoding
	}
	return coding, plain == 0 && coding != identity
}
