package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/multistage/compare/engine"
	"example.com/multistage/compare/facts"
	"example.com/multistage/compare/result"
	"example.com/multistage/compare/variant"
)

// all builds the variants of the service and compares them.
type all struct {
	measuring
	variants []string // none for all
	changes  string
	samples  int
	patience time.Duration
}

func (c all) validate() error {
	for _, name := range c.variants {
		if !slices.Contains(names(), name) {
			return fmt.Errorf("there is no variant %q; there are %s", name, strings.Join(names(), ", "))
		}
	}
	for change := range strings.SplitSeq(c.changes, ",") {
		if !slices.Contains(result.Changes(), result.Change(change)) {
			return fmt.Errorf("-changes: there is no change %q; there are %s", change, strings.ReplaceAll(defaultChanges(), ",", ", "))
		}
	}
	if c.samples < 1 {
		return errors.New("-samples must be 1 at least")
	}
	if c.patience < 0 {
		return errors.New("-patience must not be negative")
	}
	return c.measuring.validate()
}

// names returns those of the variants.
func names() (all []string) {
	for _, v := range variant.All() {
		all = append(all, v.Name)
	}
	return all
}

// defaultChanges are all changes, as the flag takes them.
func defaultChanges() string {
	var all []string
	for _, change := range result.Changes() {
		all = append(all, string(change))
	}
	return strings.Join(all, ",")
}

// chosen returns the variants that are asked for, in the order of the tables.
func (c all) chosen() (chosen []variant.Variant) {
	for _, v := range variant.All() {
		if len(c.variants) == 0 || slices.Contains(c.variants, v.Name) {
			chosen = append(chosen, v)
		}
	}
	return chosen
}

func (c all) compare(ctx context.Context, stdout, stderr io.Writer) (err error) {
	root, err := findRoot()
	if err != nil {
		return err
	}
	e, err := engine.Find(ctx)
	if err != nil {
		return err
	}
	progress := reporter(stderr)
	var changes []result.Change
	for change := range strings.SplitSeq(c.changes, ",") {
		changes = append(changes, result.Change(change))
	}
	workshop, err := variant.Open(ctx, variant.Options{
		Root: root, Engine: e, Changes: changes, Samples: c.samples, Patience: c.patience, Progress: progress,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, workshop.Close()) }()
	comparison := newComparison(ctx)
	var inEngine []string
	for _, v := range c.chosen() {
		image, err := describe(ctx, workshop, v)
		if err != nil {
			return fmt.Errorf("%s: %w", v.Name, err)
		}
		comparison.Images, inEngine = append(comparison.Images, image), append(inEngine, v.Image)
	}
	err = (runner{e, root, c.rounds, progress}).measure(ctx, comparison, inEngine)
	if ctx.Err() != nil {
		return err
	}
	// An image that can't be run does not cost what was measured before.
	return errors.Join(err, write(stdout, c.output, comparison))
}

// describe builds a variant, and says what it costs to build and what the image consists of as a registry has it.
func describe(ctx context.Context, workshop *variant.Workshop, v variant.Variant) (result.Image, error) {
	m, err := workshop.Measure(ctx, v)
	if err != nil {
		return result.Image{}, err
	}
	found, err := facts.Of(m.Image, linked())
	found.Reproducible = m.Reproducible
	return result.Image{
		Name: v.Name, About: v.About, Reference: "docker-daemon:" + v.Image, Command: v.Command, Notes: m.Notes, Facts: found, Builds: m.Builds,
	}, err
}
