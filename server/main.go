// Command server serves a durable REST API of items and its home page.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"example.com/multistage/server/logs"
	"example.com/multistage/server/ops"
)

// version and revision are set by the linker: -X main.version=v1.2.3.
var (
	version  = "dev"
	revision = "unknown"
)

// The exit statuses of the program.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run runs the command that args name and returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	command := "serve"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		command, args = args[0], args[1:]
	}
	if command == "version" && len(args) == 0 {
		return printVersion(stdout)
	}
	switch command {
	case "restore":
		return runRestore(args, stdout, stderr)
	case "migrate":
		return runMigrate(args, stdout, stderr)
	case "copy":
		return runCopy(args, stdout, stderr)
	}
	c, err := parseConfig(args, os.LookupEnv, workDir())
	if err != nil {
		return notRun(err, stdout, stderr, printHelp, "server -h lists the flags")
	}
	switch command {
	case "serve":
		err = serve(context.Background(), c, stderr)
	case "healthcheck":
		err = healthcheck(context.Background(), c)
	case "version":
		return printVersion(stdout)
	default:
		fmt.Fprintf(stderr, "server: unknown command %q; server -h lists the commands\n", tellable(command))
		return exitUsage
	}
	return report(stderr, err)
}

// runRestore runs the restore command.
func runRestore(args []string, stdout, stderr io.Writer) int {
	c, err := parseRestore(args, os.LookupEnv, workDir())
	if err != nil {
		return notRun(err, stdout, stderr, printRestoreHelp, "server restore -h tells how it is used")
	}
	return report(stderr, restore(context.Background(), c, os.Stdin, stdout, stderr))
}

// notRun answers arguments with which a command can't be run, or that ask for its help,
// and returns the exit status.
func notRun(err error, stdout, stderr io.Writer, help func(io.Writer), remedy string) int {
	if errors.Is(err, flag.ErrHelp) {
		help(stdout)
		return exitOK
	}
	fmt.Fprintf(stderr, "server: %v; %s\n", err, remedy)
	return exitUsage
}

// report writes the error of a command in one line, if there is one, and returns
// the exit status.
func report(stderr io.Writer, err error) int {
	if err != nil {
		// A reader who takes nothing does not hold up the end. Joined errors are lines.
		to := logs.NewWriter(stderr)
		to.Append([]byte("server: " + strings.ReplaceAll(err.Error(), "\n", "; ") + "\n"))
		to.Close()
		return exitFailure
	}
	return exitOK
}

// workDir returns the directory in which the user typed the command. Bazel runs
// programs elsewhere, and says in BUILD_WORKING_DIRECTORY where that was:
// https://bazel.build/docs/user-manual#bazel-run
func workDir() string {
	if dir := os.Getenv("BUILD_WORKING_DIRECTORY"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return dir
}

func printVersion(w io.Writer) int {
	if err := json.NewEncoder(w).Encode(buildVersion()); err != nil {
		return exitFailure
	}
	return exitOK
}

func buildVersion() ops.Version {
	return ops.Version{Version: version, Revision: revision, Go: runtime.Version()}
}
