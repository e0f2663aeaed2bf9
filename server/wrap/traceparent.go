package wrap

import "strings"

// validTraceparent reports whether s is a traceparent header of W3C Trace
// Context, level 1: version, trace id, parent id and flags in lower-case
// hexadecimal. Versions after 00 may append more.
func validTraceparent(s string) bool {
	const length = len("00-0123456789abcdef0123456789abcdef-0123456789abcdef-01")
	if len(s) < length || s[2] != '-' || s[35] != '-' || s[52] != '-' {
		return false
	}
	version, trace, parent, flags := s[:2], s[3:35], s[36:52], s[53:length]
	for _, field := range []string{version, trace, parent, flags} {
		if strings.Trim(field, "0123456789abcdef") != "" {
			return false
		}
	}
	if version == "ff" || strings.Trim(trace, "0") == "" || strings.Trim(parent, "0") == "" {
		return false
	}
	if len(s) == length {
		return true
	}
	return version != "00" && s[length] == '-' && validRequestID(s)
}
