package items

import (
	"strings"
	"testing"
)

func TestMatcher(t *testing.T) {
	for _, tt := range []struct {
		part, name string
		want       bool
	}{
		{"", "", true},
		{"", "x", true},
		{"x", "", false},
		{"AB", "xxaB", true},
		{"ab", "aab", true},
		{"abc", "ab", false},
		{"ab", "a b", false},
		{"ß", "STRAẞE", true},
		{"ss", "ß", false},
		{"k", "\u212a", true},
		{"\u212a", "k", true},
		{"Σ", "ς", true},
		{"ſ", "S", true},
		{"i", "İ", false}, // simple folding keeps them apart
		{"[", "{", false},
		{"@", "`", false},
	} {
		if got := NewMatcher(tt.part).Matches(tt.name); got != tt.want {
			t.Errorf("%q in %q: %t", tt.part, tt.name, got)
		}
	}
}

// FuzzMatcher compares with the folded strings.
func FuzzMatcher(f *testing.F) {
	f.Add("ab", "xAbx")
	f.Add("σ", "ΟΔΟΣ")
	f.Add("\u212a\xff", "k\ufffd")
	f.Add("aab", "aaab")
	f.Fuzz(func(t *testing.T, part, name string) {
		want := strings.Contains(strings.Map(fold, name), strings.Map(fold, part))
		if got := NewMatcher(part).Matches(name); got != want {
			t.Errorf("%q in %q: %t, want %t", part, name, got, want)
		}
		if !NewMatcher(part).Matches(name+strings.ToUpper(part)+name) && strings.EqualFold(part, strings.ToUpper(part)) {
			t.Errorf("%q is not found in capitals", part)
		}
	})
}
