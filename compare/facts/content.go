package facts

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

// mostContent is the most bytes of a database that are read.
const mostContent = 64 << 20

// read takes from the content of a file what is asked for later: databases as they are, and the modules of
// binaries.
func (n *node) read(path string, content io.Reader) (err error) {
	switch {
	case !n.mode.IsRegular():
	case isDatabase(path):
		n.content, err = io.ReadAll(io.LimitReader(content, mostContent))
	case n.executable():
		n.modules, err = readModules(content)
	}
	return err
}

// isDatabase tells whether a file says which users or packages there are.
func isDatabase(path string) bool {
	return slices.Contains([]string{passwdPath, groupPath, dpkgPath, apkPath}, path) || strings.HasPrefix(path, dpkgDirectory+"/")
}

// readModules returns the modules that a Go binary names, nil for what is none.
func readModules(content io.Reader) ([]string, error) {
	magic := make([]byte, len(elf.ELFMAG))
	if _, err := io.ReadFull(content, magic); err != nil || string(magic) != elf.ELFMAG {
		return nil, nil // an archive that ends within the file is told by the next entry
	}
	// It is read at random places: too large for memory where it is a compiler.
	file, err := os.CreateTemp("", "compare-binary-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := io.Copy(file, io.MultiReader(bytes.NewReader(magic), content)); err != nil {
		return nil, err
	}
	info, err := buildinfo.Read(file)
	if err != nil {
		return nil, nil // not made by Go
	}
	return names(info.Deps), nil
}

// names returns modules as module@version, those that stand for others by their own names.
func names(modules []*debug.Module) []string {
	all := []string{}
	for _, m := range modules {
		if m.Replace != nil {
			m = m.Replace
		}
		all = append(all, m.Path+"@"+m.Version)
	}
	return all
}
