package page

// header is one of the headers of responses, with what it may say: an ETag is that
// of an item or that of a file.
type header struct {
	Name     string
	Variants []field
}

// headers returns those of all responses, each once.
func (d *document) headers() []header {
	var all []header
	place := make(map[string]int) // in all
	seen := make(map[string]bool) // components
	for n := range d.everyResponse {
		for name, ref := range n.get("headers").members() {
			target, component := d.follow(ref)
			if seen[component] {
				continue
			}
			seen[component] = true
			at, ok := place[name]
			if !ok {
				at = len(all)
				place[name] = at
				all = append(all, header{Name: name})
			}
			all[at].Variants = append(all[at].Variants, d.field(name, target))
		}
	}
	return all
}

// everyResponse yields the responses of all operations, then those that they share.
func (d *document) everyResponse(yield func(node) bool) {
	for _, path := range d.root.get("paths").members() {
		for _, operation := range path.members() {
			for _, n := range operation.get("responses").members() {
				if !n.get("$ref").is() && !yield(n) {
					return
				}
			}
		}
	}
	for _, n := range d.component("responses").members() {
		if !yield(n) {
			return
		}
	}
}
