// Package htmltest reads pages for tests.
package htmltest

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// Tags returns the start tags of a page.
func Tags(t *testing.T, html string) []xml.StartElement {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(html))
	decoder.Strict = false
	decoder.AutoClose = xml.HTMLAutoClose
	decoder.Entity = xml.HTMLEntity
	var found []xml.StartElement
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		if tag, ok := token.(xml.StartElement); ok {
			found = append(found, tag.Copy())
		}
	}
}
