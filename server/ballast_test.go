package main

import (
	"math"
	"runtime"
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
		held := newBallast()
		runtime.GC()
		if got := int64(len(<-held)); got != tt.want {
			t.Errorf("%d bytes of %d, want %d", got, tt.limit, tt.want)
		}
	}
}

// TestBallastWaitsForACollection holds that it brings about none while the service starts.
func TestBallastWaitsForACollection(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	held := newBallast()
	select {
	case <-held:
		t.Error("there is ballast before garbage was collected")
	default:
	}
	runtime.GC()
	<-held
}
