package api

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// hasLoneSurrogate reports whether a valid JSON string has an escape of half of a
// surrogate pair, which stands for no character. encoding/json makes U+FFFD of it,
// and the client would not get back what it sent.
func hasLoneSurrogate(form []byte) bool {
	for i := 0; i < len(form); i++ {
		if form[i] != '\\' {
			continue
		}
		i++ // to the character that is escaped
		if form[i] != 'u' || !utf16.IsSurrogate(escaped(form[i:])) {
			continue
		}
		rest := form[i+5:]
		if len(rest) < 6 || rest[0] != '\\' || rest[1] != 'u' ||
			utf16.DecodeRune(escaped(form[i:]), escaped(rest[1:])) == utf8.RuneError {
			return true
		}
		i += 10 // to the end of the pair
	}
	return false
}

// escaped returns the character of an escape that begins with u and four
// hexadecimal digits.
func escaped(u []byte) rune {
	n, _ := strconv.ParseUint(string(u[1:5]), 16, 16) // valid JSON has the digits
	return rune(n)
}
