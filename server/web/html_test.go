package web

import (
	"compress/gzip"
	"encoding/xml"
	"io"
	"path"
	"testing"

	"example.com/multistage/server/htmltest"
)

// readFile returns an embedded file, unpacked.
func readFile(t *testing.T, name string) string {
	t.Helper()
	file, err := files.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content := io.Reader(file)
	if path.Ext(name) == ".gz" {
		if content, err = gzip.NewReader(file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	text, err := io.ReadAll(content)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
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
