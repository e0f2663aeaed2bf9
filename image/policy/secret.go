package policy

import (
	"bytes"
	"regexp"
)

// secret is something that must not be published, known by its form.
type secret struct {
	what    string
	literal string // is in it, and is quick to look for
	form    *regexp.Regexp
}

func (s secret) in(content []byte) bool {
	return bytes.Contains(content, []byte(s.literal)) && s.form.Match(content)
}

// secretForms returns the forms of secrets that mean nothing else wherever they
// are.
func secretForms() []secret {
	return []secret{
		{"a private key", "PRIVATE KEY", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----`)},
		{"a key of AWS", "AKIA", regexp.MustCompile(`\bAKIA[0-9A-Z]{16}\b`)},
		{"a temporary key of AWS", "ASIA", regexp.MustCompile(`\bASIA[0-9A-Z]{16}\b`)},
		{"a token of GitHub", "gh", regexp.MustCompile(`\bgh[opsur]_[0-9A-Za-z]{36}`)},
		{"a JSON web token", "eyJ", regexp.MustCompile(`\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*`)},
	}
}
