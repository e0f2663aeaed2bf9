package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/multistage/bench/peer"
	"example.com/multistage/bench/round"
)

// defaultOut is where the results of the whole bench belong.
const defaultOut = "../docs/performance"

// options are what the flags say.
type options struct {
	quick, check, remake bool
	rounds               int
	items                []int
	peers, works         []string // nil for all
	duration             time.Duration
	data, out            string
}

// parseOptions reads the flags. Where they ask for help, it writes that.
func parseOptions(args []string, help io.Writer) (o options, err error) {
	var items, peers, works string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&o.quick, "quick", false,
		"less of everything, to see that it works: 10,000 items, 2 rounds, 1 s each, without the peers that take long to build;\nwrites no files, compares with no bounds, and other flags still count")
	flags.BoolVar(&o.check, "check", false, "measure nothing: compare the results of -out with bounds.txt, and end with 1 after a miss")
	flags.BoolVar(&o.remake, "remake", false, "measure nothing: make the page and the picture again of the results of -out")
	flags.IntVar(&o.rounds, "rounds", 5, "measure this `number` of rounds")
	flags.StringVar(&items, "items", "10000,1000000,10000000", "measure with these `numbers` of items stored, comma-separated")
	flags.StringVar(&peers, "peers", "", "measure only these `services`: "+strings.Join(peerNames(), ", ")+"; comma-separated, empty for all")
	flags.StringVar(&works, "work", "", "measure only these `works`: "+strings.Join(workNames(), ", ")+"; comma-separated, empty for all")
	flags.DurationVar(&o.duration, "duration", 5*time.Second, "measure each for this `duration`, such as 500ms or 5s, after a quarter of it to warm up")
	flags.StringVar(&o.data, "data", ".", "keep data in a new folder in this `folder`, on a disk and not in memory; it is removed at the end")
	flags.StringVar(&o.out, "out", defaultOut, "write results to this `path` with .json, .svg and .md at its end")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			printHelp(help, flags)
		}
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is no flag", flags.Arg(0))
	}
	if o.quick {
		o.lessen(flags, &items, &peers)
	}
	o.peers, o.works = split(peers), split(works)
	o.items, err = numbers(items)
	return o, errors.Join(err, o.validate())
}

// lessen changes what a quick run has less of, unless a flag says so.
func (o *options) lessen(flags *flag.FlagSet, items, peers *string) {
	set := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if !set["rounds"] {
		o.rounds = 2
	}
	if !set["duration"] {
		o.duration = time.Second
	}
	if !set["items"] {
		*items = "10000"
	}
	if !set["peers"] {
		*peers = "items,items-quiet,bare,fasthttp,bbolt"
	}
}

func (o *options) validate() error {
	if err := known(o.peers, peerNames()); err != nil {
		return fmt.Errorf("-peers: %w", err)
	}
	if err := known(o.works, workNames()); err != nil {
		return fmt.Errorf("-work: %w", err)
	}
	if o.rounds < 1 {
		return errors.New("-rounds must be 1 at least")
	}
	if o.duration < 100*time.Millisecond {
		return errors.New("-duration must be 100ms at least")
	}
	if o.out == defaultOut && !o.quick && !o.check && !o.remake && (o.peers != nil || o.works != nil) {
		return errors.New("-peers and -work measure a part, which must not take the place of " + defaultOut + "; choose another path by -out")
	}
	return nil
}

// peerNames returns the services that can be measured.
func peerNames() (names []string) {
	for _, p := range withVariants(peer.All(root)) {
		names = append(names, p.Name)
	}
	return names
}

// workNames returns what can be measured of them.
func workNames() (names []string) {
	for _, w := range round.Works() {
		names = append(names, w.Name)
	}
	return names
}

// known returns an error where not all names are among those there are.
func known(names, all []string) error {
	for _, n := range names {
		if !slices.Contains(all, n) {
			return fmt.Errorf("there is no %q; there are %s", n, strings.Join(all, ", "))
		}
	}
	return nil
}

// split returns the names of a comma-separated list, nil for an empty one.
func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// numbers returns those of a comma-separated list, ascending and each once.
func numbers(list string) ([]int, error) {
	var all []int
	for _, text := range strings.Split(list, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1000 || n > 100_000_000 {
			return nil, fmt.Errorf("-items: %q is no number from 1000 to 100000000", text)
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func printHelp(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprint(w, `bench measures the service beside others that do the same. Run it in its folder:

  go run . -quick                 builds, seeds and measures in three minutes; writes nothing
  go run .                        everything, in an hour and 20 GB of disk; writes docs/performance.*
  go run . -check                 compares docs/performance.json with bounds.txt
  go run . -peers items,sqlite -work post64 -items 10000 -out /tmp/mine

It ends with 1 where something could not be measured, a request failed, or a bound is
missed with -check, and with 2 after wrong flags. Results are written at the end of all
rounds. Ctrl-C ends what it started, removes its data, writes the rounds that were whole to
the path of -out and "-part", and ends with 1. A second Ctrl-C does not wait for that; the next run
removes the folder .data-* that it leaves in -data.

`)
	flags.SetOutput(w)
	flags.PrintDefaults()
}
