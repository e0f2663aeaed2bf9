package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// undocumented are the names in the source that are no status of an answer, each
// with the reason.
func undocumented() map[string]string {
	return map[string]string{
		"StatusText":           "the function that names them",
		"StatusNotImplemented": "of the admin listener, which is not in the contract",
	}
}

// TestContractHasEveryStatusOfTheSource reads the packages that answer requests.
func TestContractHasEveryStatusOfTheSource(t *testing.T) {
	c := readContract(t)
	documented := map[string]bool{"405": true} // of every path
	for _, operation := range c.operations() {
		for status := range operation.Responses.Codes.FromOldest() {
			documented[status] = true
		}
	}
	codes := codesByName()
	for _, folder := range []string{"api", "auth", "ops", "problem", "route", "web", "wrap"} {
		names := statusNames(t, folder)
		if len(names) == 0 && folder != "problem" {
			t.Errorf("server/%s names no status, so its source was not read", folder)
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if undocumented()[name] == "" && !documented[codes[name]] {
				t.Errorf("%s: http.%s (%s) is not in the contract", names[name], name, codes[name])
			}
		}
	}
}

// statusNames returns the constants of statuses in the source of a package, each
// with a place where it is.
func statusNames(t *testing.T, folder string) map[string]string {
	t.Helper()
	names := make(map[string]string)
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok || !strings.HasPrefix(selector.Sel.Name, "Status") {
				return true
			}
			if from, ok := selector.X.(*ast.Ident); ok && from.Name == "http" {
				names[selector.Sel.Name] = files.Position(selector.Pos()).String()
			}
			return true
		})
	}
	return names
}

// codesByName returns the statuses by the names of their constants in net/http, which
// are made of what http.StatusText says.
func codesByName() map[string]string {
	codes := make(map[string]string)
	for code := 100; code < 600; code++ {
		words := strings.NewReplacer(" ", "", "-", "", "'", "").Replace(http.StatusText(code))
		codes["Status"+words] = strconv.Itoa(code)
	}
	return codes
}
