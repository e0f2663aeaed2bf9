package page

import (
	"iter"

	"go.yaml.in/yaml/v3"
)

// node is a value of a contract. The zero node is a value that is absent, and all
// that is asked of it is empty.
type node struct {
	yaml *yaml.Node
}

// is reports whether the value is there.
func (n node) is() bool { return n.yaml != nil }

// get returns a member of an object.
func (n node) get(key string) node {
	for name, member := range n.members() {
		if name == key {
			return member
		}
	}
	return node{}
}

// text returns a scalar as it stands in the contract.
func (n node) text() string {
	if n.yaml == nil {
		return ""
	}
	return n.yaml.Value
}

// members are those of an object, in the order of the contract.
func (n node) members() iter.Seq2[string, node] {
	return func(yield func(string, node) bool) {
		if n.yaml == nil || n.yaml.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.yaml.Content); i += 2 {
			if !yield(n.yaml.Content[i].Value, node{n.yaml.Content[i+1]}) {
				return
			}
		}
	}
}

// elements are those of an array.
func (n node) elements() iter.Seq[node] {
	return func(yield func(node) bool) {
		if n.yaml == nil || n.yaml.Kind != yaml.SequenceNode {
			return
		}
		for _, element := range n.yaml.Content {
			if !yield(node{element}) {
				return
			}
		}
	}
}
