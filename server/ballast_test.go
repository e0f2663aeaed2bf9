package main

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestBallastLeavesMemory(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	for _, tt := range []struct{ limit, want int64 }{
		{math.MaxInt64, 8 << 20},
		{64 << 20, 8 << 20},
		{32 << 20, 4 << 20},
		{0, 0},
	} {
		debug.SetMemoryLimit(tt.limit)
		if got := int64(len(newBallast())); got != tt.want {
			t.Errorf("%d bytes of %d, want %d", got, tt.limit, tt.want)
		}
	}
}
