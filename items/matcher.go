package items

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Matcher finds the names that a [Query] asks for.
type Matcher struct {
	part string // folded
}

// NewMatcher returns the matcher of names that have the given part, in any case.
func NewMatcher(part string) Matcher {
	return Matcher{strings.Map(fold, part)}
}

// Matches reports whether name has the part.
func (m Matcher) Matches(name string) bool {
	if m.part == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(m.part)
	for at, r := range name {
		if fold(r) == first && m.startsAt(name[at:]) {
			return true
		}
	}
	return false
}

// startsAt reports whether s begins with the part.
func (m Matcher) startsAt(s string) bool {
	rest := m.part
	for _, r := range s {
		want, size := utf8.DecodeRuneInString(rest)
		if fold(r) != want {
			return false
		}
		if rest = rest[size:]; rest == "" {
			return true
		}
	}
	return false
}

// fold returns the smallest of the characters that simple case folding holds for
// the same as r.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return least
}
