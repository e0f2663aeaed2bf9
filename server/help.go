package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

const helpHead = `Usage:
  server [flags]              serve the items API and its home page
  server healthcheck [flags]  ask the server at -addr for /readyz: exit 0 or 1
  server version              print what this binary was built from

Flags, each with the environment variable that sets its default:
`

// printHelp writes how the program is used to w.
func printHelp(w io.Writer) {
	fmt.Fprint(w, helpHead)
	c, store := defaults()
	c.flags(&store).VisitAll(func(f *flag.Flag) {
		printFlag(w, f, envName(f.Name))
	})
}

// printFlag writes what a flag does, and the variable that sets its default.
func printFlag(w io.Writer, f *flag.Flag, variable string) {
	arg, usage := flag.UnquoteUsage(f) // no arg for a flag that is true or false
	fmt.Fprintf(w, "  -%s  [%s]\n", strings.TrimSpace(f.Name+" "+arg), variable)
	if f.DefValue != "" {
		usage += " (default " + f.DefValue + ")"
	}
	fmt.Fprintf(w, "        %s\n", strings.ReplaceAll(usage, "\n", "\n        "))
}
