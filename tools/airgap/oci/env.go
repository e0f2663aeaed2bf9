package main

import (
	"os"
	"regexp"
	"strings"
)

// env are the environment variables of an image, in their order.
type env []variable

type variable struct{ name, value string }

// readEnv returns the variables of a file, one a line as name=value. In a value,
// $NAME and ${NAME} stand for the values of the lines before, and for nothing where
// there is none.
func readEnv(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var e env
	for line := range strings.Lines(string(content)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		e = e.set(name, e.expand(value))
	}
	return e.strings(), nil
}

func (e env) set(name, value string) env {
	for i := range e {
		if e[i].name == name {
			e[i].value = value
			return e
		}
	}
	return append(e, variable{name, value})
}

func (e env) get(name string) string {
	for _, v := range e {
		if v.name == name {
			return v.value
		}
	}
	return ""
}

// expand takes a brace for part of the reference even where the other is missing.
func (e env) expand(value string) string {
	return regexp.MustCompile(`\$\{?[a-zA-Z0-9_]+\}?`).ReplaceAllStringFunc(value, func(reference string) string {
		return e.get(strings.Trim(reference, "${}"))
	})
}

func (e env) strings() []string {
	all := make([]string, 0, len(e))
	for _, v := range e {
		all = append(all, v.name+"="+v.value)
	}
	return all
}
