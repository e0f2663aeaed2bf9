package main

import (
	"flag"
	"log/slog"
	"slices"
	"strings"
)

// warnStrays warns of each variable in environ, entries like NAME=value, that looks
// like a setting and is none, such as a misspelt one. It refuses none, since others
// may set what starts with ITEMS_ too.
func warnStrays(environ []string, log *slog.Logger) {
	var known []string
	c, store := defaults()
	c.flags(&store).VisitAll(func(f *flag.Flag) { known = append(known, envName(f.Name)) })
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if value == "" || !strings.HasPrefix(name, envName("")) || slices.Contains(known, name) || isServiceLink(name, value) {
			continue
		}
		log.Warn("a variable is set that is no setting: server -h lists them", "name", name, "nearest", nearest(name, known))
	}
}

// isServiceLink reports whether a variable is one of those by which Kubernetes tells
// pods of a service called items, or items-something:
// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
func isServiceLink(name, value string) bool {
	before, after, found := strings.Cut(name, "_PORT")
	switch {
	case strings.HasSuffix(name, "_SERVICE_HOST"), strings.HasSuffix(before, "_SERVICE"):
		return true
	case after == "":
		return found && strings.Contains(value, "://") // the port that a user means is a number
	}
	return len(after) > 1 && after[0] == '_' && '0' <= after[1] && after[1] <= '9'
}

// nearest returns the one of names that takes the fewest edits to make of name, or
// nothing where that is more than a typing error.
func nearest(name string, names []string) (near string) {
	limit := len(name)/6 + 2
	for _, n := range names {
		if d := edits(name, n); d < limit {
			near, limit = n, d
		}
	}
	return near
}

// edits is the Levenshtein distance: how many bytes to insert, delete or replace.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			if a[i] != b[j] {
				diagonal = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], diagonal
		}
	}
	return row[len(b)]
}
