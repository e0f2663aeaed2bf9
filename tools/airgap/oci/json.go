package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// pretty returns a value as jq prints it, with a newline at its end.
func pretty(value any) ([]byte, error) {
	var compact, out bytes.Buffer
	if err := encode(&compact, value); err != nil {
		return nil, err
	}
	if err := json.Indent(&out, compact.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	return []byte(escapes().Replace(out.String())), nil
}

// encode writes a value without escapes for HTML, which jq does not use either.
func encode(out *bytes.Buffer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// escapes goes from the escapes that Go prefers to those of jq. Both write a
// backslash as two, which the first pair passes over.
func escapes() *strings.Replacer {
	return strings.NewReplacer(
		`\\`, `\\`,
		`\u2028`, "\u2028",
		`\u2029`, "\u2029",
		`\ufffd`, "\ufffd",
		"\x7f", `\u007f`,
	)
}
