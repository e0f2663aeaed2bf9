package reload

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxSize is the most bytes that a file may have.
const maxSize = 1 << 20

// maxTries is how often files are read that change meanwhile.
const maxTries = 5

// reader reads a version of files.
type reader struct {
	paths    []string
	readFile func(path string) ([]byte, error)
}

// read returns the contents of the files and their stamps, or nil contents
// where the stamps are those of the version known.
func (r reader) read(known stamps) ([][]byte, stamps, error) {
	for range maxTries {
		before, err := stat(r.paths)
		if err != nil || before.equal(known) {
			return nil, before, err
		}
		contents, readErr := r.readAll()
		// The files are of one version only if none was replaced meanwhile.
		after, err := stat(r.paths)
		if err != nil {
			return nil, nil, err
		}
		if !after.equal(before) {
			continue
		}
		return contents, after, readErr
	}
	return nil, nil, fmt.Errorf("%s changes faster than it can be read: replace it in one step, by renaming", r.paths[0])
}

func (r reader) readAll() ([][]byte, error) {
	contents := make([][]byte, len(r.paths))
	for i, path := range r.paths {
		content, err := r.readFile(path)
		if err != nil {
			return nil, explain(path, err)
		}
		contents[i] = content
	}
	return contents, nil
}

// readFile reads a file that stat accepts.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSize))
}

// explain adds to an error of a file what its user can do.
func explain(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s: make it, or name another", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s can't be read: give the user that runs the service the right to", path)
	}
	return fmt.Errorf("%w: name another file", err)
}
