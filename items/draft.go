package items

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The most characters (Unicode code points) that a field of a [Draft] may have.
const (
	MaxNameLen        = 200
	MaxDescriptionLen = 4000
)

// Draft is what a user says of an item before a store keeps it.
type Draft struct {
	Name        string
	Description string
}

// Hash returns the SHA-256 of d's texts, by which a store knows it again where it comes
// with a key. No name has the NUL that ends it there.
func (d Draft) Hash() [sha256.Size]byte {
	return sha256.Sum256([]byte(d.Name + "\x00" + d.Description))
}

// Validate reports every reason why d can't be stored as one [*InvalidError],
// or nil.
//
// A name has 1 to [MaxNameLen] characters, a description at most
// [MaxDescriptionLen]; both are valid UTF-8 without control characters, but for
// newlines and tabs in a description.
func (d Draft) Validate() error {
	var bad []FieldError
	if d.Name == "" {
		bad = append(bad, FieldError{"name", "must not be empty"})
	} else if detail := checkText(d.Name, MaxNameLen, ""); detail != "" {
		bad = append(bad, FieldError{"name", detail})
	}
	if detail := checkText(d.Description, MaxDescriptionLen, "\n\t"); detail != "" {
		bad = append(bad, FieldError{"description", detail})
	}
	if bad == nil {
		return nil
	}
	return &InvalidError{Fields: bad}
}

// checkText says what is wrong with s, or nothing. Control characters other
// than those in allowed are wrong.
func checkText(s string, maxLen int, allowed string) string {
	if !utf8.ValidString(s) {
		return "must be valid UTF-8"
	}
	if n := utf8.RuneCountInString(s); n > maxLen {
		return fmt.Sprintf("must have at most %d characters, has %d", maxLen, n)
	}
	for _, r := range s {
		if unicode.IsControl(r) && !strings.ContainsRune(allowed, r) {
			return fmt.Sprintf("must not contain the control character %U", r)
		}
	}
	return ""
}
