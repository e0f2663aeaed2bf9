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

	"example.com/multistage/server/copier"
)

// copyConfig is what a user sets for a copy, checked.
type copyConfig struct {
	from, to location
	resume   bool // goes on with an interrupted copy
}

// runCopy runs the copy command.
func runCopy(args []string, stdout, stderr io.Writer) int {
	c, err := parseCopy(args, workDir())
	if err != nil {
		return notRun(err, stdout, stderr, printCopyHelp, "server copy -h tells how it is used")
	}
	return report(stderr, copyItems(context.Background(), c, stdout, stderr))
}

// copyFlags returns the flags of the copy command. None has a variable: one that stays
// set by mistake would fill a store that no one means.
func copyFlags(c *copyConfig, from, to *string) *flag.FlagSet {
	flags := newFlags("copy")
	flags.StringVar(from, "from", "", "copy all items of this `store`; it stays as it is")
	flags.StringVar(to, "to", "", "copy them to this `store`, which must be empty")
	flags.BoolVar(&c.resume, "resume", false,
		"go on where an interrupted copy has ended. What is at -to already must be equal to the beginning of\n-from, and nothing of it is overwritten")
	return flags
}

// parseCopy reads the arguments of a copy.
func parseCopy(args []string, workDir string) (c copyConfig, err error) {
	var from, to string
	flags := copyFlags(&c, &from, &to)
	sayWanted(flags)
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	switch {
	case flags.NArg() > 0:
		return c, unexpected(flags.Arg(0))
	case from == "" || to == "":
		return c, errors.New("name two stores, by -from and -to")
	}
	if c.from, err = parseCopied("from", from, workDir); err != nil {
		return c, err
	}
	if c.to, err = parseCopied("to", to, workDir); err != nil {
		return c, err
	}
	if c.from == c.to {
		return c, fmt.Errorf("%v can't be copied to itself: name another store by -to", c.from)
	}
	return c, nil
}

// parseCopied returns what a flag's value names. Unlike that of -store it has no variable.
func parseCopied(flagName, value, workDir string) (location, error) {
	at, err := parseLocation(value, workDir)
	if err != nil {
		return location{}, fmt.Errorf("invalid value %q for -%s: %w", tellable(value), flagName, err)
	}
	return at, nil
}

// copyItems copies all items of a store to another one, and says so on out. What takes
// longer tells how far it is on progressTo. SIGTERM and SIGINT end it after the page that
// is being stored, a second one at once.
func copyItems(ctx context.Context, c copyConfig, out, progressTo io.Writer) (err error) {
	ctx, restoreSignals := signal.NotifyContext(ctx, syscall.SIGTERM, os.Interrupt)
	defer restoreSignals()
	context.AfterFunc(ctx, restoreSignals)
	from, err := c.from.openSource(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := c.to.openTarget(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()

	var progress atomic.Pointer[copier.Progress]
	endProgress := startProgress(progressTo, func() string { return copyProgress(progress.Load()) })
	done, err := copier.Copy(ctx, from, to, copier.Options{
		Resume:   c.resume,
		Progress: func(p copier.Progress) { progress.Store(&p) },
	})
	endProgress()
	if err != nil {
		return c.explain(err, done, ctx.Err() != nil)
	}
	fmt.Fprintf(out, "copied %d items from %v to %v%s\n", done.Copied, c.from, c.to, alreadyThere(done))
	fmt.Fprintf(out, "verified: both have %d items, the last id assigned is %d, SHA-256 of the export: %x\n",
		done.There+done.Copied, done.LastID, done.Sum)
	return nil
}

// copyProgress tells how far a copy is, which has no progress before its first page.
func copyProgress(p *copier.Progress) string {
	if p == nil {
		return "copying: no items yet"
	}
	return p.String()
}

func alreadyThere(done copier.Result) string {
	if done.There == 0 {
		return ""
	}
	return fmt.Sprintf(", where %d were already", done.There)
}

// explain adds to an error of a copy what is there, and what its user can do.
func (c copyConfig) explain(err error, done copier.Result, interrupted bool) error {
	const anew = "stop all that writes to either, and copy to an empty store"
	switch {
	case errors.Is(err, copier.ErrNotEmpty):
		return fmt.Errorf("%v is not empty: name another store by -to, or go on with an interrupted copy by -resume", c.to)
	case errors.Is(err, copier.ErrOther):
		return fmt.Errorf("%v stays as it was: %w: name an empty store by -to", c.to, err)
	case errors.Is(err, copier.ErrDiffers):
		return fmt.Errorf("%v can't be used: %w: %s", c.to, err, anew)
	case errors.Is(err, copier.ErrGrown):
		return fmt.Errorf("%v: %w: stop what writes to it, and go on by -resume", c.from, err)
	case interrupted:
		err = errors.New("interrupted")
	}
	if there := done.There + done.Copied; there > 0 {
		return fmt.Errorf("%w: %v has %d items, up to id %d: go on by -resume", err, c.to, there, done.ID)
	}
	return fmt.Errorf("%w: no item was copied: run it again", err)
}
