package main

import (
	"errors"
	"os"
	"path/filepath"
)

// comparisonPath is where the comparison is that the documents are made of, in the repository.
const comparisonPath = "docs/comparison.json"

// findRoot returns the repository that the working directory is in.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "MODULE.bazel")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("this is not in a copy of the repository: no directory above has a MODULE.bazel; go there first")
		}
		dir = parent
	}
}
