package page

import (
	"net/http"
	"strconv"
)

// response is one answer of an operation, or one that operations share.
type response struct {
	Status  string // empty where it is shared
	Name    string // of the status, or of the shared answer
	Shared  string // the shared answer that it is
	About   prose
	Headers []headerValue
	Bodies  []body
}

// headerValue is a header of a response, with its value where it has only one.
type headerValue struct {
	Name, Value string
	Sometimes   bool
}

// Failed reports whether the response is an error.
func (r response) Failed() bool { return r.Status >= "400" }

func (d *document) responses(operation node) []response {
	var all []response
	for status, n := range operation.get("responses").members() {
		target, shared := d.follow(n)
		r := d.response(target)
		code, _ := strconv.Atoi(status)
		r.Status, r.Name, r.Shared = status, http.StatusText(code), shared
		all = append(all, r)
	}
	return all
}

func (d *document) sharedResponses() []response {
	var all []response
	for name, n := range d.component("responses").members() {
		r := d.response(n)
		r.Name = name
		all = append(all, r)
	}
	return all
}

func (d *document) response(n node) response {
	r := response{About: proseOf(n.get("description").text()), Bodies: d.bodies(n.get("content"))}
	for name, ref := range n.get("headers").members() {
		target, _ := d.follow(ref)
		r.Headers = append(r.Headers, headerValue{
			Name:      name,
			Value:     target.get("schema").get("const").text(),
			Sometimes: target.get("required").text() != "true",
		})
	}
	return r
}
