package web

import (
	"encoding/xml"
	"testing"

	"example.com/multistage/server/htmltest"
)

// readFile returns an embedded file.
func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// tags returns the start tags of the page.
func tags(t *testing.T) []xml.StartElement {
	t.Helper()
	return htmltest.Tags(t, readFile(t, "index.html"))
}

// attribute returns the value of an attribute of a tag, or nothing.
func attribute(tag xml.StartElement, name string) string {
	for _, a := range tag.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// ids returns how many elements of the page have each id.
func ids(t *testing.T) map[string]int {
	t.Helper()
	count := make(map[string]int)
	for _, tag := range tags(t) {
		if id := attribute(tag, "id"); id != "" {
			count[id]++
		}
	}
	return count
}
