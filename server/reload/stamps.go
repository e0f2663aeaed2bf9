package reload

import (
	"fmt"
	"os"
	"slices"
)

// stamps tell the versions of files apart without reading them.
type stamps []os.FileInfo

// stat returns the stamps of the files at paths, behind their symbolic links. It
// refuses what is no regular file, since reading a pipe would wait or empty it.
func stat(paths []string) (stamps, error) {
	s := make(stamps, len(paths))
	for i, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, explain(path, err)
		case !info.Mode().IsRegular():
			return nil, fmt.Errorf("%s is not a regular file: name one", path)
		case info.Size() > maxSize:
			return nil, fmt.Errorf("%s has more than %d bytes: name a smaller file", path, maxSize)
		}
		s[i] = info
	}
	return s, nil
}

func (s stamps) equal(other stamps) bool {
	return slices.EqualFunc(s, other, func(a, b os.FileInfo) bool {
		return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
	})
}
