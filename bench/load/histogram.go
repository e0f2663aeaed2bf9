package load

import (
	"math"
	"math/bits"
	"time"
)

// subBits is how many bits of a value are kept below its highest one: 2^7 buckets
// for each power of two, which is an error of less than 0.8 %.
const subBits = 7

// Histogram counts durations in buckets of a fixed relative width, as HDR
// Histogram does: https://hdrhistogram.github.io/HdrHistogram/. Its size is fixed,
// and recording allocates nothing. The zero value is empty.
type Histogram struct {
	counts [(64 - subBits) << subBits]uint64
	total  uint64
	max    time.Duration
}

// Record counts a duration. One below zero counts as zero.
func (h *Histogram) Record(d time.Duration) {
	d = max(d, 0)
	h.counts[bucket(uint64(d))]++
	h.total++
	h.max = max(h.max, d)
}

// Add adds what other has counted.
func (h *Histogram) Add(other *Histogram) {
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.total += other.total
	h.max = max(h.max, other.max)
}

// Quantile returns a duration that the share q of all, from 0 to 1, do not exceed:
// the upper end of its bucket, and never more than the longest. It is 0 when
// nothing was counted.
func (h *Histogram) Quantile(q float64) time.Duration {
	// What rounding puts above a whole number is that number: 0.55 of 160 is 88.
	rank := uint64(math.Ceil(q*float64(h.total) - 1e-6))
	rank = min(max(rank, 1), h.total)
	seen := uint64(0)
	for i, n := range h.counts {
		if seen += n; seen >= rank && n > 0 {
			return min(time.Duration(upper(i)), h.max)
		}
	}
	return 0
}

// bucket returns the index of a value's bucket. Values below 2^subBits have one each.
func bucket(v uint64) int {
	shift := max(bits.Len64(v)-subBits-1, 0)
	return shift<<subBits + int(v>>shift)
}

// upper returns the highest value of a bucket.
func upper(i int) uint64 {
	shift := max(i>>subBits-1, 0)
	return uint64(i-shift<<subBits+1)<<shift - 1
}
