package probe

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestBusyShare(t *testing.T) {
	before, err := parseTimes([]byte("cpu  100 0 50 1000 10 0 5 0 0 0"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := parseTimes([]byte("cpu  120 5 60 1050 20 0 10 0 99 99"))
	if err != nil {
		t.Fatal(err)
	}
	if got := after.busyShare(before); got != 0.4 {
		t.Errorf("%v busy, want 0.4", got)
	}
	if got := after.busyShare(after); got != 0 {
		t.Errorf("%v busy within no time", got)
	}
	if _, err := parseTimes([]byte("cpu 1 2 3")); err == nil {
		t.Error("no error")
	}
}

func TestWaitIdle(t *testing.T) {
	if _, err := WaitIdle(t.Context(), 1, time.Hour); err != nil { // a machine is never busier than that
		t.Error(err)
	}
	if busy, err := WaitIdle(t.Context(), -1, 0); err != nil || busy < 0 {
		t.Errorf("%v, %v", busy, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := WaitIdle(ctx, -1, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestMachine(t *testing.T) {
	if memory, err := Memory(); err != nil || memory < 1<<20 {
		t.Errorf("%d bytes of memory, %v", memory, err)
	}
	if busy, err := Busy(); err != nil || busy <= 0 {
		t.Errorf("%v busy, %v", busy, err)
	}
	if Kernel() == "" {
		t.Error("the kernel has no release")
	}
}
