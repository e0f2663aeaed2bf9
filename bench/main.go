// Command bench measures the service beside others that do the same, and compares it with
// what it must reach. It needs Linux, Go, and the Go module proxy. Run it in its folder: go run .
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit statuses of the program.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	// A second signal ends the program at once: the first gives the signals back.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what args ask for and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v; go run . -help lists the flags\n", err)
		return exitUsage
	}
	switch {
	case o.check:
		err = check(boundsText, o.out, stdout)
	case o.remake:
		err = remake(o.out, stderr)
	default:
		err = measure(ctx, o, stdout, stderr)
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("ended before it had measured all rounds")
	}
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return exitFailure
	}
	return exitOK
}
