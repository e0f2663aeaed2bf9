package page

import (
	"fmt"
	"strconv"
	"strings"
)

// schema is one of the named schemas.
type schema struct {
	Name   string
	About  prose
	Type   []piece
	Fields []field
}

// piece is a part of the description of a type: words, values, or the name of a schema.
// Patterns are for machines: the descriptions tell people of them.
type piece struct {
	Words, Code, Schema string
}

func (d *document) schemas() []schema {
	var all []schema
	for name, n := range d.component("schemas").members() {
		all = append(all, schema{
			Name:   name,
			About:  proseOf(n.get("description").text()),
			Type:   d.typeOf(n),
			Fields: d.fields(n),
		})
	}
	return all
}

// fields returns the properties of an object.
func (d *document) fields(object node) []field {
	required := make(map[string]bool)
	for name := range object.get("required").elements() {
		required[name.text()] = true
	}
	var fields []field
	for name, n := range object.get("properties").members() {
		target, _ := d.follow(n)
		fields = append(fields, field{
			Name:     name,
			Required: required[name],
			Type:     d.typeOf(n),
			About:    proseOf(target.get("description").text()),
		})
	}
	return fields
}

// typeOf describes the values that a schema takes.
func (d *document) typeOf(n node) []piece {
	target, name := d.follow(n)
	if name != "" && (target.get("properties").is() || target.get("oneOf").is() || target.get("items").is()) {
		return []piece{{Schema: name}}
	}
	pieces := d.bare(target)
	if name != "" {
		pieces = append([]piece{{Schema: name}, {Words: ": "}}, pieces...)
	}
	return pieces
}

// bare describes the type of a schema itself and its limits.
func (d *document) bare(n node) []piece {
	if n.get("oneOf").is() && !n.get("properties").is() {
		var pieces []piece
		for choice := range n.get("oneOf").elements() {
			if pieces != nil {
				pieces = append(pieces, piece{Words: " or "})
			}
			pieces = append(pieces, d.short(choice)...)
		}
		return pieces
	}
	if constant := n.get("const"); constant.is() {
		return []piece{{Words: "always "}, {Code: string(appendJSON(nil, constant))}}
	}
	if enum := n.get("enum"); enum.is() {
		var values []string
		for value := range enum.elements() {
			values = append(values, string(appendJSON(nil, value)))
		}
		return []piece{{Words: "one of "}, {Code: strings.Join(values, ", ")}}
	}
	if items := n.get("items"); items.is() {
		return append([]piece{{Words: "array" + limits(n, "minItems", "maxItems", " elements") + " of "}}, d.short(items)...)
	}
	pieces := []piece{{Words: n.get("type").text() + limits(n, "minLength", "maxLength", " characters") + limits(n, "minimum", "maximum", "")}}
	if byDefault := n.get("default"); byDefault.is() {
		pieces = append(pieces, piece{Words: ", by default " + byDefault.text()})
	}
	return pieces
}

// short names a schema where it has a name, and describes it otherwise.
func (d *document) short(n node) []piece {
	if _, name := d.follow(n); name != "" {
		return []piece{{Schema: name}}
	}
	return d.bare(n)
}

// limits says what a schema's least and greatest value of some kind are.
func limits(n node, least, greatest, unit string) string {
	low, high := n.get(least), n.get(greatest)
	switch {
	case low.is() && high.is():
		return fmt.Sprintf(", %s to %s%s", grouped(low.text()), grouped(high.text()), unit)
	case low.is():
		return fmt.Sprintf(", at least %s%s", grouped(low.text()), singular(unit, low.text()))
	case high.is():
		return fmt.Sprintf(", at most %s%s", grouped(high.text()), unit)
	}
	return ""
}

func singular(unit, number string) string {
	if number == "1" {
		return strings.TrimSuffix(unit, "s")
	}
	return unit
}

// grouped returns a number with commas between its thousands.
func grouped(number string) string {
	if _, err := strconv.ParseInt(number, 10, 64); err != nil {
		return number
	}
	for i := len(number) - 3; i > 0; i -= 3 {
		number = number[:i] + "," + number[i:]
	}
	return number
}
