package page

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is a contract.
type document struct {
	root node
	err  error // the first reference that leads nowhere
}

func parse(contract []byte) (*document, error) {
	var file yaml.Node
	if err := yaml.Unmarshal(contract, &file); err != nil {
		return nil, fmt.Errorf("page: the contract: %w", err)
	}
	if len(file.Content) != 1 {
		return nil, fmt.Errorf("page: the contract is empty")
	}
	return &document{root: node{file.Content[0]}}, nil
}

// follow returns what n refers to and the name under which it stands among the
// components, or n itself without a name.
func (d *document) follow(n node) (target node, name string) {
	ref := n.get("$ref").text()
	if ref == "" {
		return n, ""
	}
	target = d.root
	for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		target = target.get(part)
		name = part
	}
	if !target.is() && d.err == nil {
		d.err = fmt.Errorf("page: nothing is at %s", ref)
	}
	return target, name
}

// component returns the members of a kind of components.
func (d *document) component(kind string) node {
	return d.root.get("components").get(kind)
}
