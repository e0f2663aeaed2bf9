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
  server restore FILE         make a backup the database; server restore -h tells more
  server migrate [flags]      bring the schema of the database at -store up to date
  server copy [flags]         copy all items to another store; server copy -h tells more

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

const restoreHelpHead = `Usage:
  server restore [flags] FILE    make FILE the database at -store: a backup that
                                 GET /backup gave, or - for the standard input

The backup is checked first, each page and item. A database that is there already
stays unless -force is set, and one that a server has open always does.

Flags:
`

// printRestoreHelp writes how the restore command is used to w.
func printRestoreHelp(w io.Writer) {
	fmt.Fprint(w, restoreHelpHead)
	_, store := defaults()
	flags := restoreFlags(&store)
	printFlag(w, flags.Lookup("store"), envName("store"))
	new(restoreConfig).forceFlag(flags)
	printFlag(w, flags.Lookup("force"), "")
}

const migrateHelpHead = `Usage:
  server migrate [flags]    bring the schema of the database at -store to the version
                            that this binary wants

It may run while services do, and more than once. A schema that is newer stays.

Flags, each with the environment variable that sets its default:
`

// printMigrateHelp writes how the migrate command is used to w.
func printMigrateHelp(w io.Writer) {
	fmt.Fprint(w, migrateHelpHead)
	s, store := defaultStore(), ""
	migrateFlags(&s, &store).VisitAll(func(f *flag.Flag) {
		printFlag(w, f, envName(f.Name))
	})
}

const copyHelpHead = `Usage:
  server copy -from STORE -to STORE    copy all items with their ids, times and versions

A store is bolt:path or a URL like postgres://user@host/database, whose password is best
in PGPASSWORD, or in a file that PGPASSFILE names. Stop the servers of both first. The copy
is compared with -from at its end, and an interrupted one goes on by -resume.
Idempotency keys are not copied: a client that asks again with one of before the copy
creates its item once more.

Flags:
`

// printCopyHelp writes how the copy command is used to w.
func printCopyHelp(w io.Writer) {
	fmt.Fprint(w, copyHelpHead)
	var from, to string
	copyFlags(new(copyConfig), &from, &to).VisitAll(func(f *flag.Flag) { printFlag(w, f, "") })
}

// printFlag writes what a flag does, and the variable that sets its default, if
// there is one.
func printFlag(w io.Writer, f *flag.Flag, variable string) {
	arg, usage := flag.UnquoteUsage(f) // no arg for a flag that is true or false
	if variable != "" {
		variable = "  [" + variable + "]"
	}
	fmt.Fprintf(w, "  -%s%s\n", strings.TrimSpace(f.Name+" "+arg), variable)
	if f.DefValue != "" {
		usage += " (default " + f.DefValue + ")"
	}
	fmt.Fprintf(w, "        %s\n", strings.ReplaceAll(usage, "\n", "\n        "))
}
