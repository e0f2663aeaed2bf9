package variant

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"example.com/multistage/compare/result"
)

// change is a change of the source. Each time it is made it is another one, the same in each run.
type change struct {
	kind  result.Change
	times int      // how many there are; 0 is no limit
	files []string // that it may change
	// make changes the source in a directory for the nth time, from 0.
	make func(ctx context.Context, source string, n int) error
}

// changes returns those of an image that was built before, in the order of the tables.
func changes() []change {
	return []change{
		{kind: result.Warm, make: func(context.Context, string, int) error { return nil }},
		line(result.Go, "server/api/errors.go", "Nothing was stored.", func(n int) string { return fmt.Sprintf("Nothing was stored (%d).", n) }),
		line(result.Page, "server/web/static/app.css", "--page: #f4f6f8;", func(n int) string { return fmt.Sprintf("--page: #%06x;", 0xf4f6f7-n) }),
		dependency("github.com/rs/cors", "v1.11.0", "v1.10.1", "v1.9.0", "v1.8.3", "v1.8.2"),
	}
}

// line returns a change of one line of a file, by what stands in it once or first.
func line(kind result.Change, file, anchor string, text func(n int) string) change {
	return change{kind: kind, files: []string{file}, make: func(_ context.Context, source string, n int) error {
		before := anchor
		if n > 0 {
			before = text(n - 1)
		}
		path := filepath.Join(source, file)
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		changed := bytes.Replace(content, []byte(before), []byte(text(n)), 1)
		if bytes.Equal(changed, content) {
			return missing(file, before)
		}
		return os.WriteFile(path, changed, 0o644)
	}}
}

// missing returns the error of a file in which a change finds nothing to change.
func missing(file, anchor string) error {
	return fmt.Errorf("%s has no %q, by which compare changes it; name another in compare/variant", file, anchor)
}

// dependency returns the change of a module's version, to one after the other. The service links the module,
// and no other module asks for it.
func dependency(module string, versions ...string) change {
	return change{result.Dependency, len(versions), []string{"go.mod", "go.sum"}, func(ctx context.Context, source string, n int) error {
		path := filepath.Join(source, "go.mod")
		before, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := run(ctx, source, []string{"GOWORK=off"}, "go", "get", module+"@"+versions[n]); err != nil {
			return err
		}
		after, err := os.ReadFile(path)
		if err == nil && bytes.Equal(before, after) {
			err = fmt.Errorf("go.mod asks for %s %s already; name other versions in compare/variant", module, versions[n])
		}
		return err
	}}
}
