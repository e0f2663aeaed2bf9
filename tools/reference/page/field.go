package page

// field is a parameter or a property.
type field struct {
	Name     string
	In       string // of a parameter: path, query or header
	Required bool
	Type     []piece
	About    prose
	Example  string
}

// parameters returns those of a list, of which some may be references.
func (d *document) parameters(list node) []field {
	var fields []field
	for n := range list.elements() {
		target, _ := d.follow(n)
		fields = append(fields, d.field(target.get("name").text(), target))
	}
	return fields
}

// sharedParameters returns the headers that every request may have: those to which
// whole paths refer.
func (d *document) sharedParameters() []field {
	var fields []field
	seen := make(map[string]bool)
	for _, path := range d.root.get("paths").members() {
		for n := range path.get("parameters").elements() {
			target, name := d.follow(n)
			if name == "" || seen[name] {
				continue
			}
			seen[name] = true
			fields = append(fields, d.field(target.get("name").text(), target))
		}
	}
	return fields
}

func (d *document) field(name string, n node) field {
	return field{
		Name:     name,
		In:       n.get("in").text(),
		Required: n.get("required").text() == "true",
		Type:     d.typeOf(n.get("schema")),
		About:    proseOf(n.get("description").text()),
		Example:  n.get("example").text(),
	}
}
