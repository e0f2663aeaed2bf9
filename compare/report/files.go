package report

import (
	"fmt"
	"io/fs"
	"strings"

	"example.com/multistage/compare/result"
)

// The marks between which a part of a file is made. What else is in the file stays.
const (
	markBegin = "<!-- made by compare docs -->\n"
	markEnd   = "<!-- end of what compare docs makes -->"
)

// The files that have such a part, by their paths in the repository.
const (
	readmePath = "README.md"
	homePath   = "server/web/index.html"
)

// Files returns the files of the repository that are made of a comparison, by their paths. Repository has the
// files of now, of which those with a part that is made are read.
func Files(c *result.Comparison, repository fs.FS) (map[string][]byte, error) {
	page, err := Markdown(c)
	if err != nil {
		return nil, err
	}
	section, err := Section(c)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"docs/comparison.md": []byte(page), "docs/comparison.svg": []byte(SVG(c))}
	for path, part := range map[string]string{readmePath: Readme(c), homePath: section} {
		if files[path], err = put(repository, path, part); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// put returns a file with another part between its marks.
func put(repository fs.FS, path, part string) ([]byte, error) {
	content, err := fs.ReadFile(repository, path)
	if err != nil {
		return nil, err
	}
	before, rest, begun := strings.Cut(string(content), markBegin)
	end := strings.Index(rest, markEnd)
	if !begun || end < 0 {
		return nil, fmt.Errorf("%s has no part between %s and %s", path, strings.TrimSpace(markBegin), markEnd)
	}
	line := strings.LastIndex(rest[:end], "\n") + 1
	return []byte(before + markBegin + part + rest[line:]), nil
}
