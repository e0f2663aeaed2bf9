// Command reproduce builds the image twice, here and in a copy of the workspace
// elsewhere with nothing built yet, and compares the results bit for bit. Then it
// changes a line of Go in the copy, builds again, and holds that only the last
// layer of each image is another one.
//
//	bazel run //tools/reproduce
//
// It exits with 0 when all of this holds. Otherwise it names the first layer, file
// and byte that differ. The second build takes some minutes, since it shares
// nothing with the first but downloads, and up to 3 GB in the directory for
// temporary files, which are removed at the end.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"example.com/multistage/image/layout"
)

// target is what is built; its layout has the name of the target.
const target = "//image:index"

func main() {
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() > 0 {
		usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := run(ctx)
	if ctx.Err() != nil {
		err = errors.New("interrupted; nothing is left behind")
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "reproduce:", err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprint(flag.CommandLine.Output(), `Builds the image twice, here and in a copy of the workspace with nothing built
yet, and compares the results bit for bit. Then changes a line of Go in the copy,
and holds that this changes one layer. It takes no arguments.

  bazel run //tools/reproduce
`)
}

func run(ctx context.Context) (err error) {
	workspace := os.Getenv("BUILD_WORKSPACE_DIRECTORY")
	if workspace == "" {
		return errors.New("run it by Bazel: bazel run //tools/reproduce")
	}
	elsewhere, err := newElsewhere(workspace)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, elsewhere.remove()) }()

	first, err := build(ctx, builder{workspace: workspace})
	if err != nil {
		return err
	}
	second, err := build(ctx, elsewhere.builder)
	if err != nil {
		return err
	}
	if err := same(first, second); err != nil {
		return err
	}
	// The next build replaces what the index is read from.
	before, err := manifests(second)
	if err != nil {
		return err
	}
	if err := elsewhere.change(); err != nil {
		return err
	}
	third, err := build(ctx, elsewhere.builder)
	if err != nil {
		return err
	}
	after, err := manifests(third)
	if err != nil {
		return err
	}
	return oneLayer(before, after)
}

// build builds the index of images and opens it.
func build(ctx context.Context, b builder) (v1.ImageIndex, error) {
	fmt.Fprintf(os.Stderr, "reproduce: building %s in %s\n", target, b.workspace)
	begin := time.Now()
	dir, err := b.build(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "reproduce: that took %.1f s\n", time.Since(begin).Seconds())
	outer, descriptor, err := layout.OpenOnly(dir)
	if err != nil {
		return nil, err
	}
	return outer.ImageIndex(descriptor.Digest)
}
