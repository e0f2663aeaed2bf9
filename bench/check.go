package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"

	"example.com/multistage/bench/bounds"
	"example.com/multistage/bench/report"
	"example.com/multistage/bench/result"
)

//go:embed bounds.txt
var boundsText string

// check compares results that were written to out before with bounds. It returns an error
// where one is not kept.
func check(boundsText, out string, stdout io.Writer) error {
	r, err := read(out)
	if err != nil {
		return err
	}
	verdicts, err := verdicts(boundsText, r)
	if err != nil {
		return err
	}
	if err := report.Verdicts(stdout, verdicts); err != nil {
		return err
	}
	missed := 0
	for _, v := range verdicts {
		if !v.Pass() {
			missed++
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d bounds are not kept", missed, len(verdicts))
	}
	return nil
}

// read reads results that were written to out.
func read(out string) (*result.Results, error) {
	r, err := result.Read(out + ".json")
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w; go run . measures and writes it", err)
	}
	return r, err
}

// verdicts compares results with bounds.
func verdicts(boundsText string, r *result.Results) (all []bounds.Verdict, err error) {
	list, err := bounds.Parse(boundsText)
	if err != nil {
		return nil, fmt.Errorf("bounds.txt: %w", err)
	}
	for _, b := range list {
		all = append(all, b.Check(r))
	}
	return all, nil
}
