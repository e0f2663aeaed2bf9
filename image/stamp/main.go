// Command stamp writes a text with values of the workspace status in it.
//
//	stamp TEXT STATUS OUTPUT
//
// Each {KEY} in the file TEXT is replaced by the value that the file STATUS has
// for it, which Bazel writes: https://bazel.build/docs/user-manual#workspace-status
package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: stamp TEXT STATUS OUTPUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "stamp:", err)
		os.Exit(1)
	}
}

func run(text, status, output string) error {
	template, err := os.ReadFile(text)
	if err != nil {
		return err
	}
	values, err := os.ReadFile(status)
	if err != nil {
		return err
	}
	stamped, err := stamp(string(template), parse(string(values)))
	if err != nil {
		return err
	}
	return os.WriteFile(output, []byte(stamped), 0o666)
}

// parse returns the values of a workspace status by their keys.
func parse(status string) map[string]string {
	values := make(map[string]string)
	for line := range strings.Lines(status) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		values[key] = value
	}
	return values
}

// stamp replaces each {KEY}. Values are not searched for keys.
func stamp(text string, values map[string]string) (string, error) {
	var missing []string
	stamped := regexp.MustCompile(`\{[A-Z_]+\}`).ReplaceAllStringFunc(text, func(key string) string {
		value := values[strings.Trim(key, "{}")]
		if value == "" {
			missing = append(missing, key)
		}
		return value
	})
	if missing != nil {
		return "", fmt.Errorf("the workspace status has no %s; stamp with --config=release", strings.Join(missing, ", "))
	}
	return stamped, nil
}
