package load

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestBucketsHoldTheirValues(t *testing.T) {
	for _, v := range []uint64{0, 1, 127, 128, 129, 255, 256, 257, 511, 512, 1_000_000, 1 << 40, 1<<63 - 1} {
		i := bucket(v)
		if upper(i) < v || i > 0 && upper(i-1) >= v {
			t.Errorf("%d is in bucket %d, from %d to %d", v, i, upper(i-1)+1, upper(i))
		}
		if upper(i)-v > v>>subBits {
			t.Errorf("bucket of %d ends at %d", v, upper(i))
		}
	}
}

// TestQuantile compares with the sorted durations themselves.
func TestQuantile(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var h, first, second Histogram
	all := make([]time.Duration, 10_001)
	for i := range all {
		all[i] = time.Duration(random.ExpFloat64() * 1e6)
		h.Record(all[i])
		if i%3 == 0 {
			first.Record(all[i])
		} else {
			second.Record(all[i])
		}
	}
	slices.Sort(all)
	first.Add(&second)
	if first != h {
		t.Error("the sum of two histograms is not the histogram of all")
	}
	for _, q := range []float64{0, 0.5, 0.99, 0.999, 1} {
		want := all[max(int(math.Ceil(q*float64(len(all)))), 1)-1]
		if got := h.Quantile(q); got < want || got > want+want/100 {
			t.Errorf("quantile %v is %v, want %v", q, got, want)
		}
	}
}

// TestQuantileIsReached holds that no smaller share than the quantile's is below it: 158 of 160
// are less than 99 %.
func TestQuantileIsReached(t *testing.T) {
	var h Histogram
	for d := range time.Duration(160) {
		h.Record(d + 1)
	}
	for q, want := range map[float64]time.Duration{0.5: 80, 0.99: 159, 0.999: 160, 0.55: 88, 1: 160} {
		if got := h.Quantile(q); got != want {
			t.Errorf("quantile %v is %v, want %v", q, got, want)
		}
	}
}

func TestQuantileOfNothing(t *testing.T) {
	if got := new(Histogram).Quantile(0.99); got != 0 {
		t.Errorf("got %v, want 0", got)
	}
}

func TestRecordBelowZero(t *testing.T) {
	var h Histogram
	h.Record(-1)
	if h.total != 1 || h.Quantile(1) != 0 {
		t.Errorf("%d counted, the longest is %v", h.total, h.Quantile(1))
	}
}
