package main

import (
	"context"
	"log/slog"
	"time"
)

// How long keepMigrating waits after it has failed: twice as long each time, so that a
// database that is away for an hour does not fill the log, and one that is back is not
// waited for long.
const (
	firstMigrateWait = 500 * time.Millisecond
	lastMigrateWait  = 8 * time.Second
)

// keepMigrating brings the schema of a database up to date, again and again until that
// succeeds or ctx ends. The service serves meanwhile, and says by /readyz that it can't:
// a restart would not bring back a database that is away, nor give it a right that is
// missing.
func keepMigrating(ctx context.Context, migrate func(context.Context) (from, to int, err error), log *slog.Logger) {
	for wait := firstMigrateWait; ; wait = min(2*wait, lastMigrateWait) {
		from, to, err := migrate(ctx)
		switch {
		case err == nil:
			log.Info("the schema is up to date", "from", from, "to", to)
			return
		case ctx.Err() != nil:
			return
		}
		log.Error("the schema is not brought up to date", "error", err, "again_in", wait.String())
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}
