package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"example.com/multistage/compare/budget"
	"example.com/multistage/compare/result"
)

// check holds a comparison to the budgets.
type check struct {
	file string // empty: docs/comparison.json
}

func (c check) compare(_ context.Context, stdout, _ io.Writer) error {
	root, err := findRoot()
	if err != nil {
		return err
	}
	if c.file == "" {
		c.file = filepath.Join(root, comparisonPath)
	}
	comparison, err := result.Read(c.file)
	if err != nil {
		return err
	}
	path := filepath.Join(root, "compare", "budgets.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	budgets, err := budget.Parse(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return judge(stdout, budget.Check(budgets, comparison))
}

// judge writes how budgets are kept. The error says how many are not.
func judge(w io.Writer, verdicts []budget.Verdict) error {
	exceeded := 0
	for _, v := range verdicts {
		word := "pass"
		if !v.Kept() {
			word = "FAIL"
			exceeded++
		}
		fmt.Fprintf(w, "%s  %s\n", word, v)
	}
	switch {
	case len(verdicts) == 0:
		return errors.New("no budget is for an image of the comparison")
	case exceeded > 0:
		return fmt.Errorf("%d of %d budgets are not kept", exceeded, len(verdicts))
	}
	return nil
}
