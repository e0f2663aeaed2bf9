package main

import (
	"flag"
	"io"
)

// newFlags returns flags of a command, whose errors are only returned.
func newFlags(command string) *flag.FlagSet {
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}
