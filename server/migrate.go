package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// runMigrate runs the migrate command.
func runMigrate(args []string, stdout, stderr io.Writer) int {
	s, err := parseMigrate(args, os.LookupEnv)
	if err != nil {
		return notRun(err, stdout, stderr, printMigrateHelp, "server migrate -h tells how it is used")
	}
	return report(stderr, migrate(context.Background(), s, stdout))
}

// migrateFlags returns the flags of the migrate command, which set s and store.
func migrateFlags(s *storeConfig, store *string) *flag.FlagSet {
	flags := newFlags("migrate")
	storeFlag(flags, store, "the database, by a `url` like postgres://user@host/database")
	s.connectFlag(flags)
	return flags
}

// parseMigrate reads the arguments of a migration, as parseConfig does.
func parseMigrate(args []string, env lookupEnv) (storeConfig, error) {
	s, store := defaultStore(), ""
	flags := migrateFlags(&s, &store)
	if err := parseFlags(flags, args, env); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, unexpected(flags.Arg(0))
	}
	if store == "" {
		return s, fmt.Errorf("name a database by -store or %s", envName("store"))
	}
	at, err := parseStore(store, "")
	if err != nil {
		return s, err
	}
	if at.path != "" {
		return s, fmt.Errorf("%v is a file, which has no schema to migrate: name a database by -store or %s", at, envName("store"))
	}
	s.location = at
	return s, s.check()
}

// migrate brings the schema of the database to the newest version, and says on out what
// it was. SIGTERM and SIGINT end it.
func migrate(ctx context.Context, s storeConfig, out io.Writer) error {
	ctx, restoreSignals := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer restoreSignals()
	from, to, err := s.migrateSchema(ctx)
	switch {
	case err != nil && ctx.Err() != nil:
		return fmt.Errorf("interrupted at version %d of the schema of %v: run it again", to, s.location)
	case err != nil:
		return err
	case from == to:
		fmt.Fprintf(out, "the schema of %v is at version %d, as it was\n", s.location, to)
	default:
		fmt.Fprintf(out, "the schema of %v is at version %d now, from %d\n", s.location, to, from)
	}
	return nil
}
