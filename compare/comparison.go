package main

import (
	"context"
	"os/exec"
	"strings"
	"time"

	"example.com/multistage/compare/machine"
	"example.com/multistage/compare/result"
)

// newComparison returns a comparison without images.
func newComparison(ctx context.Context) *result.Comparison {
	root, _ := findRoot() // images can be compared elsewhere too
	return &result.Comparison{
		Date:     time.Now().UTC().Truncate(time.Second),
		Revision: revision(ctx),
		Machine:  machine.Describe(ctx, root),
	}
}

// revision returns that of the source, "unknown" outside of a Git repository.
func revision(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
