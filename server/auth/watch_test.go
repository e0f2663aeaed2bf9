package auth

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatch checks that files that become bad are logged without a request, and that
// a guard without files has nothing to watch.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		writers, readers := filepath.Join(t.TempDir(), "writers"), filepath.Join(t.TempDir(), "readers")
		write(t, writers, writer)
		write(t, readers, reader)
		var log strings.Builder
		g, err := New(writers, readers, slog.New(slog.NewTextHandler(&log, nil)), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		g.Watch(ctx)
		newGuard(t, nil, nil).Watch(ctx)
		write(t, writers, "bad")
		write(t, readers, "bad")
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := strings.Count(log.String(), "level=ERROR"); got != 2 {
			t.Errorf("logged:\n%s", log.String())
		}
	})
}
