package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// The values of most attributes come in files. Without a file, when path is empty,
// the attribute is not set, and its value is nil; an empty file sets it to nothing.

// epoch is the time of what has none of its own.
const epoch = "1970-01-01T00:00:00Z"

// readTime returns the time in a file, the epoch without a file. What is no time is
// an error here already, because engines refuse an image that has it.
func readTime(path string) (string, error) {
	if path == "" {
		return epoch, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if _, err := time.Parse(time.RFC3339, string(content)); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return string(content), nil
}

// readLines returns those lines of a file that are not empty.
func readLines(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for line := range strings.SplitSeq(string(content), "\n") {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// readCommand returns the words of a command, one a line. A newline in a word is
// %5Cn.
func readCommand(path string) ([]string, error) {
	words, err := readLines(path)
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "%5Cn", "\n")
	}
	return words, err
}

// readPairs returns a member for each line, which is key=value.
func readPairs(path string) (object, error) {
	lines, err := readLines(path)
	if lines == nil {
		return nil, err
	}
	pairs := object{}
	for _, line := range lines {
		key, value, _ := strings.Cut(line, "=")
		pairs = pairs.set(key, value)
	}
	return pairs, nil
}

// annotated returns a manifest as it is written, with the annotations that a file has.
func annotated(manifest object, path string) ([]byte, error) {
	annotations, err := readPairs(path)
	if err != nil {
		return nil, err
	}
	if annotations != nil {
		manifest = manifest.set("annotations", annotations)
	}
	return pretty(manifest)
}

// readSet returns an empty member for each item of a list with commas.
func readSet(path string) (object, error) {
	if path == "" {
		return nil, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	set := object{}
	if len(content) == 0 {
		return set, nil
	}
	for item := range strings.SplitSeq(string(content), ",") {
		set = set.set(item, object{})
	}
	return set, nil
}
