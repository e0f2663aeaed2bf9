package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"example.com/multistage/bench/probe"
)

// checkOut returns an error where the results could not be written in the end.
func checkOut(o options) error {
	if o.quick {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(o.out)); err != nil {
		return fmt.Errorf("no folder for the results: %w; choose another by -out", err)
	}
	return nil
}

// dataFolder makes a folder on a disk.
func dataFolder(o options, stderr io.Writer) (dir string, disk probe.Disk, err error) {
	dir, err = os.MkdirTemp(o.data, ".data-*")
	if err != nil {
		return "", disk, fmt.Errorf("making a folder for data: %w; choose another by -data", err)
	}
	if dir, err = filepath.Abs(dir); err == nil {
		disk, err = probe.DiskOf(dir)
	}
	if err == nil && disk.InMemory {
		if !o.quick {
			err = fmt.Errorf("%s is in memory, where nothing is flushed; choose a folder on a disk by -data", o.data)
		} else {
			fmt.Fprintf(stderr, "%s is in memory: writes look faster than they are\n", o.data)
		}
	}
	if err != nil {
		os.RemoveAll(dir)
	}
	return dir, disk, err
}
