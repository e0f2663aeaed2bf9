package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestKeepMigrating checks that a schema is brought up to date once its database is
// there, however long that takes, and that the waits in between end with the service.
func TestKeepMigrating(t *testing.T) {
	away := errors.New("away")
	for _, tt := range []struct {
		name   string
		fails  int           // so often
		within time.Duration // of the start, the service ends
		calls  int
		logs   string
	}{
		{"at once", 0, time.Hour, 1, "level=INFO msg=\"the schema is up to date\" from=0 to=3"},
		{"the fourth time", 3, 4 * time.Second, 4, "from=0 to=3"},
		{"an hour later", 453, time.Hour, 454, "from=0 to=3"},
		{"never", 1000, time.Hour, 454, "level=ERROR msg=\"the schema is not brought up to date\" error=away again_in=8s"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tt.within)
				defer cancel()
				calls := 0
				migrate := func(context.Context) (from, to int, err error) {
					if calls++; calls <= tt.fails {
						return 0, 0, away
					}
					return 0, 3, nil
				}
				var log strings.Builder
				keepMigrating(ctx, migrate, slog.New(slog.NewTextHandler(&log, nil)))
				if calls != tt.calls || !strings.Contains(log.String(), tt.logs) {
					t.Errorf("%d calls, want %d; logged:\n%s", calls, tt.calls, &log)
				}
			})
		})
	}
}

// TestKeepMigratingEnds checks that a migration which the end of the service ends is no
// fault.
func TestKeepMigratingEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var log strings.Builder
	keepMigrating(ctx, func(ctx context.Context) (from, to int, err error) {
		cancel()
		return 0, 0, ctx.Err()
	}, slog.New(slog.NewTextHandler(&log, nil)))
	if log.Len() > 0 {
		t.Errorf("logged: %s", &log)
	}
}
