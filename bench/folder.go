package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

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

// mark is a file in each folder for data, which the run that made it has locked as long as it
// lasts.
const mark = "of-a-bench"

// sweep removes the folders in a folder that runs have left that were killed.
func sweep(folder string, stderr io.Writer) error {
	marks, err := filepath.Glob(filepath.Join(folder, ".data-*", mark))
	if err != nil {
		return err
	}
	for _, path := range marks {
		if file, err := lock(path); err == nil {
			fmt.Fprintf(stderr, "removing %s, left by a run that was killed\n", filepath.Dir(path))
			err = os.RemoveAll(filepath.Dir(path))
			file.Close()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// lock makes a file unless it is there, and locks it until it is closed. It returns an error
// where another process has it locked.
func lock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, os.NewSyscallError("flock", err)
	}
	return file, nil
}

// dataFolder makes a folder on a disk, and locks it until the returned function removes it.
func dataFolder(o options, stderr io.Writer) (dir string, disk probe.Disk, remove func(), err error) {
	if err := sweep(o.data, stderr); err != nil {
		return "", disk, nil, err
	}
	dir, err = os.MkdirTemp(o.data, ".data-*")
	if err != nil {
		return "", disk, nil, fmt.Errorf("making a folder for data: %w; choose another by -data", err)
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
	var file *os.File
	if err == nil {
		file, err = lock(filepath.Join(dir, mark))
	}
	remove = func() {
		os.RemoveAll(dir)
		file.Close()
	}
	if err != nil {
		remove()
	}
	return dir, disk, remove, err
}
