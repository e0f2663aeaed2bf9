// Package page makes a page for people of an OpenAPI contract: plain HTML, without
// style or script of its own.
package page

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

//go:embed page.html
var source string

// page is what the template shows.
type page struct {
	Title, Version, Summary string
	About                   prose
	Groups                  []group
	Parameters              []field    // of every request
	Responses               []response // that operations share
	Headers                 []header   // of responses
	Schemas                 []schema
}

// Make returns the page of a contract. Its error names what the contract lacks.
func Make(contract []byte) ([]byte, error) {
	d, err := parse(contract)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("page").Parse(source)
	if err != nil {
		return nil, err
	}
	info := d.root.get("info")
	p := page{
		Title:      info.get("title").text(),
		Version:    info.get("version").text(),
		Summary:    info.get("summary").text(),
		About:      proseOf(info.get("description").text()),
		Groups:     d.groups(),
		Parameters: d.sharedParameters(),
		Responses:  d.sharedResponses(),
		Headers:    d.headers(),
		Schemas:    d.schemas(),
	}
	if d.err != nil {
		return nil, d.err
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	return out.Bytes(), nil
}
