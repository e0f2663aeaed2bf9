package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// command is what the program was asked to do. It writes results to stdout and progress to stderr.
type command func(ctx context.Context, stdout, stderr io.Writer) error

// parse returns the command that args ask for. Where they ask for help, it writes that.
func parse(args []string, help io.Writer) (command, error) {
	if len(args) > 0 {
		switch args[0] {
		case "all":
			return parseAll(args[1:], help)
		case "docs":
			return parseDocs(args[1:], help)
		case "check":
			return parseCheck(args[1:], help)
		}
	}
	return parseImages(args, help)
}

// measuring are the flags of commands that measure.
type measuring struct {
	output string
	rounds int
}

func (m *measuring) register(flags *flag.FlagSet) {
	flags.StringVar(&m.output, "output", "table", "write the results as `format`: "+strings.Join(formats(), ", "))
	flags.IntVar(&m.rounds, "rounds", 5, "start and stop each image in this `number` of rounds")
}

func (m *measuring) validate() error {
	if !slices.Contains(formats(), m.output) {
		return fmt.Errorf("-output: there is no format %q; there are %s", m.output, strings.Join(formats(), ", "))
	}
	if m.rounds < 1 {
		return errors.New("-rounds must be 1 at least")
	}
	return nil
}

func parseImages(args []string, help io.Writer) (command, error) {
	c := images{}
	flags := newFlags("compare")
	c.register(flags)
	flags.BoolVar(&c.run, "run", false, "run the images too, in the local engine: start, memory, stop, and what strict platforms ask for;\nonly images of this service")
	if err := parseFlags(flags, args, help, imagesHelp); err != nil {
		return nil, err
	}
	if c.references = flags.Args(); len(c.references) == 0 {
		return nil, errors.New("no image is named, nor one of the commands all, docs and check")
	}
	return c.compare, c.validate()
}

func parseAll(args []string, help io.Writer) (command, error) {
	c := all{}
	flags := newFlags("compare all")
	c.register(flags)
	flags.IntVar(&c.samples, "samples", 5, "build each image this `number` of times after each change")
	flags.DurationVar(&c.patience, "patience", 30*time.Second, "build no further sample after a change for which the builds so far took this `duration`")
	flags.StringVar(&c.changes, "changes", defaultChanges(), "build after these `changes`, comma-separated")
	if err := parseFlags(flags, args, help, allHelp); err != nil {
		return nil, err
	}
	c.variants = flags.Args()
	return c.compare, c.validate()
}

func parseDocs(args []string, help io.Writer) (command, error) {
	c := docs{}
	flags := newFlags("compare docs")
	flags.BoolVar(&c.check, "check", false, "write nothing: end with 1 where a file differs")
	if err := parseFlags(flags, args, help, docsHelp); err != nil {
		return nil, err
	}
	return c.write, noArguments(flags)
}

func parseCheck(args []string, help io.Writer) (command, error) {
	flags := newFlags("compare check")
	if err := parseFlags(flags, args, help, checkHelp); err != nil {
		return nil, err
	}
	if flags.NArg() > 1 {
		return nil, fmt.Errorf("%q is one file too many", flags.Arg(1))
	}
	return check{flags.Arg(0)}.compare, nil
}

func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// parseFlags reads flags. Where they ask for help, it writes a text and the flags. What looks like a flag after
// the first name is none to package flag, and nobody's name.
func parseFlags(flags *flag.FlagSet, args []string, help io.Writer, text string) error {
	err := flags.Parse(args)
	if late := slices.IndexFunc(flags.Args(), func(arg string) bool { return strings.HasPrefix(arg, "-") }); err == nil && late >= 0 {
		return fmt.Errorf("%q stands after %q; flags come before names", flags.Arg(late), flags.Arg(0))
	}
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(help, text)
		flags.SetOutput(help)
		flags.PrintDefaults()
	}
	return err
}

func noArguments(flags *flag.FlagSet) error {
	if flags.NArg() > 0 {
		return fmt.Errorf("%s takes no %q", flags.Name(), flags.Arg(0))
	}
	return nil
}
