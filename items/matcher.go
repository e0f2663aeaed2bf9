package items

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Matcher finds the names that a [Query] asks for.
type Matcher struct {
	part []byte // folded
}

// NewMatcher returns the matcher of names that have the given part, in any case.
func NewMatcher(part string) Matcher {
	return Matcher{[]byte(Fold(part))}
}

// Fold returns s with each character replaced by the smallest of those that simple
// case folding holds for the same. A name has a part in any case where the folded name
// has the folded part.
func Fold(s string) string {
	return strings.Map(fold, s)
}

// MatchesAll reports whether m matches every name, since it has no part to look for.
func (m Matcher) MatchesAll() bool {
	return len(m.part) == 0
}

// Matches reports whether name has the part.
func (m Matcher) Matches(name string) bool {
	if m.MatchesAll() {
		return true
	}
	// Each character is folded once. To fold anew at each place where the part may
	// begin takes time in the square of the lengths, seconds for a page.
	var room [4 * MaxNameLen]byte
	folded := room[:0]
	for _, r := range name {
		folded = utf8.AppendRune(folded, fold(r))
	}
	return bytes.Contains(folded, m.part)
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
