package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// TestInterrupted holds that nobody is told that all is gone where it may not be.
func TestInterrupted(t *testing.T) {
	cause := errors.New("interrupt signal received")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	ends := fmt.Errorf("multistage: %w", cause)
	stays := errors.New("docker rm: it stays")
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, "interrupted; nothing is left behind"},
		{ends, "interrupted; nothing is left behind"},
		{errors.Join(ends, nil), "interrupted; nothing is left behind"},
		{errors.Join(ends, context.Canceled), "interrupted; nothing is left behind"},
		{errors.Join(ends, stays), "interrupted: multistage: interrupt signal received\ndocker rm: it stays"},
		{fmt.Errorf("ko: %w", errors.Join(cause, stays)), "interrupted: ko: interrupt signal received\ndocker rm: it stays"},
	} {
		if got := interrupted(ctx, tt.err).Error(); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.err, got, tt.want)
		}
	}
}
