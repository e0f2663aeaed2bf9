// Package header has fields that many responses share.
package header

import "net/http"

// Field is a header field with a value that does not change. To set it takes no
// memory: responses share the value.
type Field struct {
	name  string
	value []string // has no room, so that http.Header.Add copies it
}

// New returns a field.
func New(name, value string) Field {
	return Field{http.CanonicalHeaderKey(name), []string{value}}
}

// Set sets the field in h, as [http.Header.Set] does.
func (f Field) Set(h http.Header) {
	h[f.name] = f.value
}
