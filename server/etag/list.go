package etag

import "strings"

// list is the value of If-Match or If-None-Match: tags, or "*" for whatever is
// there.
type list struct {
	any  bool
	tags []string
}

// hasStrongly compares as RFC 9110, section 8.8.3.2, says: weak tags are equal to
// none.
func (l list) hasStrongly(tag string) bool {
	for _, candidate := range l.tags {
		if candidate == tag && candidate[0] == '"' {
			return true
		}
	}
	return l.any
}

// hasWeakly compares without regard to the mark of weak tags.
func (l list) hasWeakly(tag string) bool {
	for _, candidate := range l.tags {
		if strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return l.any
}

// parseList reads the lines of one field (RFC 9110, sections 5.6.1 and 8.8.3). What
// is no list of tags is the empty list, and not ok.
func parseList(lines []string) (l list, ok bool) {
	rest := strings.Trim(strings.Join(lines, ","), " \t")
	if rest == "*" {
		return list{any: true}, true
	}
	for rest != "" {
		if rest[0] == ',' { // empty elements are allowed
			rest = strings.TrimLeft(rest[1:], " \t")
			continue
		}
		length := tagLen(rest)
		l.tags = append(l.tags, rest[:length])
		rest = strings.TrimLeft(rest[length:], " \t")
		if length == 0 || rest != "" && rest[0] != ',' {
			return list{}, false
		}
	}
	return l, true
}

// tagLen returns the length of the tag that s begins with, or 0.
func tagLen(s string) int {
	start := len(s) - len(strings.TrimPrefix(s, "W/"))
	if start == len(s) || s[start] != '"' {
		return 0
	}
	for i := start + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return i + 1
		case c <= ' ' || c == 0x7f:
			return 0
		}
	}
	return 0
}
