// Command oci does what rules_oci's shell scripts, jq, regctl and crane do, for the
// stand-in of rules_oci in tools/airgap/modules. From the same inputs it makes the
// same manifests and configurations, byte for byte.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "ERROR:", strings.Join(strings.Fields(err.Error()), " "))
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("no command: digest, image, index, load, push or tarball")
	}
	switch command, args := args[0], args[1:]; command {
	case "digest":
		return writeDigest(args)
	case "image":
		return makeImage(args)
	case "index":
		return makeIndex(args)
	case "load":
		return loadImage(ctx, args)
	case "push":
		return pushImage(ctx, args)
	case "tarball":
		return makeTarball(args)
	default:
		return fmt.Errorf("unknown command %q", command)
	}
}
