package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"example.com/multistage/items/boltstore"
)

// restoreConfig is what a user sets for a restore, checked.
type restoreConfig struct {
	storePath string // of the database file, absolute
	backup    string // path of the backup, absolute, or "-"
	force     bool   // replaces a database
}

// forceFlag adds the flag that overwrites. It has no variable, which could stay
// set by mistake.
func (c *restoreConfig) forceFlag(flags *flag.FlagSet) {
	flags.BoolVar(&c.force, "force", false, "replace the database at -store, if there is one")
}

// restoreFlags returns the flags of the restore command that have variables, which set store.
func restoreFlags(store *string) *flag.FlagSet {
	flags := newFlags("restore")
	storeFlag(flags, store, "keep the items in `bolt:path`, a file that is made when it does not exist")
	return flags
}

// parseRestore reads the arguments of a restore, as parseConfig does.
func parseRestore(args []string, env lookupEnv, workDir string) (restoreConfig, error) {
	var c restoreConfig
	_, store := defaults()
	flags := restoreFlags(&store)
	if err := setFromEnv(flags, env); err != nil {
		return c, err
	}
	c.forceFlag(flags)
	sayWanted(flags)
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	switch {
	case flags.NArg() == 0:
		return c, errors.New("name the backup to restore, or - for the standard input")
	case flags.NArg() > 1:
		return c, fmt.Errorf("%w after the backup: flags come before it", unexpected(flags.Arg(1)))
	}
	at, err := parseStore(store, workDir)
	if err != nil {
		return c, err
	}
	if at.path == "" {
		return c, fmt.Errorf("restore makes a file the database, and %v is none: restore it by its own tools, such as pg_restore", at)
	}
	c.storePath, c.backup = at.path, flags.Arg(0)
	if c.backup != "-" {
		c.backup = absolute(c.backup, workDir)
	}
	return c, nil
}

// restore makes the backup the database, and says so on out. What takes longer
// tells how far it is on progressTo. SIGTERM and SIGINT end it and leave the
// database as it was.
func restore(ctx context.Context, c restoreConfig, stdin io.Reader, out, progressTo io.Writer) error {
	ctx, restoreSignals := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer restoreSignals()
	backup := stdin
	if c.backup != "-" {
		f, err := os.Open(c.backup)
		if err != nil {
			return fmt.Errorf("%w: name a backup, or - for the standard input", err)
		}
		defer f.Close()
		backup = f
	}
	var read atomic.Int64
	defer startProgress(progressTo, func() string { return fmt.Sprintf("restoring: %d MiB are read", read.Load()>>20) })()
	count, err := boltstore.Restore(ctx, c.storePath, interruptible(ctx, backup), c.force, read.Store)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted: %s stays as it was", c.storePath)
	}
	if errors.Is(err, boltstore.ErrExists) {
		return fmt.Errorf("%w: replace it by -force, or name another file by -store or %s", err, envName("store"))
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "restored %d items (%d bytes) to %s\n", count, read.Load(), c.storePath)
	return nil
}

// interruptible returns a reader of r whose reads end with ctx, even those that
// wait for a standard input on which nothing comes.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	reader, writer := io.Pipe()
	go func() {
		_, err := io.CopyBuffer(struct{ io.Writer }{writer}, struct{ io.Reader }{r}, make([]byte, 1<<20))
		writer.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { writer.CloseWithError(ctx.Err()) })
	return reader
}
