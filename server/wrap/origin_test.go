package wrap

import (
	"strings"
	"testing"
)

func TestCheckOrigin(t *testing.T) {
	for origin, want := range map[string]bool{
		"*":                              true,
		"https://example.com":            true,
		"http://localhost:3000":          true,
		"http://127.0.0.1:65535":         true,
		"http://[::1]:8080":              true,
		"https://my_host.xn--bcher-kva":  true,
		"https://example.com:80":         true,
		"capacitor://localhost":          true,
		"":                               false,
		"null":                           false,
		"example.com":                    false,
		"//example.com":                  false,
		"https://":                       false,
		"https://example.com/":           false,
		"https://example.com/path":       false,
		"https://example.com?q":          false,
		"https://example.com#f":          false,
		"https://user@example.com":       false,
		"https://Example.com":            false,
		"HTTPS://example.com":            false,
		"https://*.example.com":          false,
		"https://bücher.example":         false,
		"https://example.com:":           false,
		"https://example.com:0":          false,
		"https://example.com:080":        false,
		"https://example.com:65536":      false,
		"https://example.com:443":        false,
		"http://example.com:80":          false,
		"https://a.example https://b.ex": false,
		" https://example.com":           false,
	} {
		err := CheckOrigin(origin)
		if (err == nil) != want {
			t.Errorf("%q: %v", origin, err)
		}
		if err != nil && !strings.Contains(err.Error(), "write scheme://host") {
			t.Errorf("%q: %v, which does not say what to write", origin, err)
		}
	}
}
