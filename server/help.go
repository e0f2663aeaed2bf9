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
		arg, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(w, "  -%s %s  [%s]\n", f.Name, arg, envName(f.Name))
		fmt.Fprintf(w, "        %s (default %s)\n", strings.ReplaceAll(usage, "\n", "\n        "), f.DefValue)
	})
}
