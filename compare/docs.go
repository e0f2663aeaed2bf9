package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"example.com/multistage/compare/report"
	"example.com/multistage/compare/result"
)

// docs makes the documents of the comparison, or compares them with it.
type docs struct{ check bool }

func (d docs) write(_ context.Context, stdout, _ io.Writer) error {
	root, err := findRoot()
	if err != nil {
		return err
	}
	comparison, err := result.Read(filepath.Join(root, comparisonPath))
	if err != nil {
		return err
	}
	files, err := report.Files(comparison, os.DirFS(root))
	if err != nil {
		return err
	}
	var differ []error
	for _, path := range slices.Sorted(maps.Keys(files)) {
		path, content := filepath.Join(root, path), files[path]
		before, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err == nil && bytes.Equal(before, content) {
			continue
		}
		if d.check {
			differ = append(differ, fmt.Errorf("%s is not what %s says: run go run ./compare docs", path, comparisonPath))
			continue
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
		fmt.Fprintln(stdout, path)
	}
	return errors.Join(differ...)
}
