package page

import (
	"net/http"
	"strings"
)

// group is the operations of a tag.
type group struct {
	Name       string
	About      prose
	Operations []operation
}

// operation is a method of a path.
type operation struct {
	ID, Method, Path, Summary string
	About                     prose
	Token                     string // what kind of token it may need, if any
	Parameters                []field
	Bodies                    []body
	Curls                     []string
	Responses                 []response
}

func (d *document) groups() []group {
	var groups []group
	for tag := range d.root.get("tags").elements() {
		g := group{Name: tag.get("name").text(), About: proseOf(tag.get("description").text())}
		for path, item := range d.root.get("paths").members() {
			for method, n := range item.members() {
				for of := range n.get("tags").elements() {
					if of.text() == g.Name {
						g.Operations = append(g.Operations, d.operation(strings.ToUpper(method), path, item, n))
					}
				}
			}
		}
		groups = append(groups, g)
	}
	return groups
}

func (d *document) operation(method, path string, item, n node) operation {
	return operation{
		ID:         n.get("operationId").text(),
		Method:     method,
		Path:       path,
		Summary:    n.get("summary").text(),
		About:      proseOf(n.get("description").text()),
		Token:      tokenOf(method, n),
		Parameters: append(d.ownParameters(item), d.parameters(n.get("parameters"))...),
		Bodies:     d.bodies(n.get("requestBody").get("content")),
		Curls:      d.curls(method, path, item, n),
		Responses:  d.responses(n),
	}
}

// ownParameters returns those of a path that other paths do not have.
func (d *document) ownParameters(item node) []field {
	var fields []field
	for n := range item.get("parameters").elements() {
		if !n.get("$ref").is() {
			fields = append(fields, d.field(n.get("name").text(), n))
		}
	}
	return fields
}

// tokenOf says which token an operation needs in a service that has tokens. Those
// without one have an empty list of their own.
func tokenOf(method string, n node) string {
	if n.get("security").is() {
		return ""
	}
	if method == http.MethodGet {
		return "read"
	}
	return "write"
}
