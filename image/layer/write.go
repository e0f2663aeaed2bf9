package main

import (
	"archive/tar"
	"cmp"
	"compress/gzip"
	"io"
	"os"
	"slices"
)

// write writes the entries in the order of their paths.
func write(output io.Writer, entries []entry) error {
	compressed, err := gzip.NewWriterLevel(output, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(compressed)
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.Path, b.Path) })
	before := make(map[string]entry)
	for _, e := range entries {
		if err := add(archive, e, before); err != nil {
			return err
		}
		before[e.Path] = e
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return compressed.Close()
}

func add(archive *tar.Writer, e entry, before map[string]entry) error {
	var content []byte
	if e.Source != "" {
		var err error
		if content, err = os.ReadFile(e.Source); err != nil {
			return err
		}
	}
	header, err := e.header(int64(len(content)))
	if err != nil {
		return err
	}
	if err := e.check(before); err != nil {
		return err
	}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = archive.Write(content)
	return err
}
