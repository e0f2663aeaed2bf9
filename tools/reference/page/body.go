package page

// body is what a request or response may carry.
type body struct {
	MediaType string
	Type      []piece
	About     prose
	Examples  []example
}

// example is one of a body, as it is sent.
type example struct {
	Summary, Text string
}

func (d *document) bodies(content node) []body {
	var all []body
	for mediaType, n := range content.members() {
		b := body{
			MediaType: mediaType,
			Type:      d.typeOf(n.get("schema")),
			About:     proseOf(n.get("schema").get("description").text()),
		}
		for _, ref := range n.get("examples").members() {
			target, _ := d.follow(ref)
			b.Examples = append(b.Examples, example{
				Summary: target.get("summary").text(),
				Text:    sent(mediaType, target.get("value")),
			})
		}
		all = append(all, b)
	}
	return all
}

// sent returns the value of an example as the body that it stands for.
func sent(mediaType string, value node) string {
	if isJSON(mediaType) {
		return indented(value)
	}
	return value.text()
}

// isJSON reports whether a body of the media type is one JSON value.
func isJSON(mediaType string) bool {
	switch mediaType {
	case "application/json", "application/problem+json", "application/merge-patch+json":
		return true
	}
	return false
}
