// Command compare tells what each way to build the image costs and gives: sizes, attack surface, build
// times, what a change makes a node pull, start, memory, and how images run where platforms are strict.
//
//	go run ./compare -h
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// The exit statuses of the program.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	// A reader of the progress who goes, such as head, interrupts too; nohup does not. A second signal ends the program
	// at once, since the first gives the signals back, but for SIGPIPE: what was started is to be removed still.
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE}
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), slices.DeleteFunc(signals, signal.Ignored)...)
	context.AfterFunc(ctx, stop)
	os.Exit(compare(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// compare does what args ask for and returns the exit status.
func compare(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	command, err := parse(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "compare: %v; compare -h tells how it is used\n", err)
		return exitUsage
	}
	// bazel run starts programs elsewhere.
	if dir := os.Getenv("BUILD_WORKING_DIRECTORY"); dir != "" {
		err = os.Chdir(dir)
	}
	if err == nil {
		err = command(ctx, stdout, stderr)
	}
	if ctx.Err() != nil {
		err = interrupted(ctx, err)
	}
	if err != nil {
		fmt.Fprintf(stderr, "compare: %v\n", err)
		return exitFailure
	}
	return exitOK
}
