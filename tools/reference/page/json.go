package page

import (
	"bytes"
	"encoding/json"

	"go.yaml.in/yaml/v3"
)

// appendJSON appends a value as JSON, its members in the order of the contract.
func appendJSON(b []byte, n node) []byte {
	switch {
	case !n.is():
		return append(b, "null"...)
	case n.yaml.Kind == yaml.MappingNode:
		b = append(b, '{')
		for name, member := range n.members() {
			if b[len(b)-1] != '{' {
				b = append(b, ',')
			}
			b = append(appendString(b, name), ':')
			b = appendJSON(b, member)
		}
		return append(b, '}')
	case n.yaml.Kind == yaml.SequenceNode:
		b = append(b, '[')
		for element := range n.elements() {
			if b[len(b)-1] != '[' {
				b = append(b, ',')
			}
			b = appendJSON(b, element)
		}
		return append(b, ']')
	case n.yaml.Tag == "!!str":
		return appendString(b, n.text())
	}
	return append(b, n.text()...)
}

// appendString appends a JSON string in which the characters that matter to HTML
// stand as they are.
func appendString(b []byte, s string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always has a form
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// indented returns a value as JSON for people.
func indented(n node) string {
	var out bytes.Buffer
	if err := json.Indent(&out, appendJSON(nil, n), "", "  "); err != nil {
		return n.text()
	}
	return out.String()
}
